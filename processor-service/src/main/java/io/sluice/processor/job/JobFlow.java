package io.sluice.processor.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.JobInboundAdapter;
import io.sluice.channel.ReceivedJob;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.processor.Lease;
import io.sluice.processor.Step;
import io.sluice.processor.check.Checked;
import io.sluice.processor.scan.Scanned;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessagingException;

/**
 * The way of a job, step by step. A step may end it early: its outcome then passes by the steps
 * that follow. Whatever is thrown on the way becomes a failed outcome.
 */
@Configuration(proxyBeanMethods = false)
class JobFlow {
    /** The header with the time for which the processor owns the job. */
    static final String LEASE = "lease";

    /**
     * Where the channel's adapter sends jobs. By name, not by reference: what depends on the
     * adapter would be stopped before it, and the jobs that it drains would find no next step.
     */
    static final String JOBS = "receivedJobs";

    /** Where whatever is thrown in the flow goes. */
    static final String ERRORS = "jobErrors";

    @Bean
    JobAnswer jobAnswer(MeterRegistry meters) {
        return new JobAnswer(meters);
    }

    @Bean
    IntegrationFlow jobs(
            Step<Job, Checked> check,
            Step<Checked, Scanned> scan,
            Step<Scanned, JobOutcome> render,
            JobAnswer answer,
            MeterRegistry meters,
            InstantSource clock) {
        return IntegrationFlow.from(JOBS)
                .enrichHeaders(
                        headers -> headers.headerFunction(LEASE, message -> lease(message, clock)))
                .handle(new StepHandler<>("check", Job.class, check, meters))
                .handle(new StepHandler<>("scan", Checked.class, scan, meters))
                .handle(new StepHandler<>("render", Scanned.class, render, meters))
                .handle(
                        JobOutcome.class,
                        (outcome, headers) -> {
                            answer.answer(outcome, headers);
                            return null;
                        })
                .get();
    }

    @Bean
    IntegrationFlow failures(JobAnswer answer) {
        return IntegrationFlow.from(ERRORS)
                .handle(
                        MessagingException.class,
                        (failure, _) -> {
                            answer.answerFailure(failure);
                            return null;
                        })
                .get();
    }

    private static Lease lease(Message<?> message, InstantSource clock) {
        ReceivedJob received =
                Objects.requireNonNull(
                        message.getHeaders()
                                .get(JobInboundAdapter.RECEIVED_JOB, ReceivedJob.class));
        Lease lease = new Lease(received.job().deadline(), clock, received.original().orElse(null));
        received.onCancel(lease::revoke);
        return lease;
    }
}
