package io.sluice.processor.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.JobInboundAdapter;
import io.sluice.channel.ReceivedJob;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.processor.Lease;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.MessagingException;

/** The flow's end: gives each job its one outcome and closes what was opened for it. */
final class JobAnswer {
    private static final Logger log = LoggerFactory.getLogger(JobAnswer.class);

    private final MeterRegistry meters;

    JobAnswer(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Answers a job that went its way. */
    void answer(JobOutcome outcome, MessageHeaders headers) {
        Lease lease = headers.get(JobFlow.LEASE, Lease.class);
        if (lease != null) {
            close(lease);
        }
        ReceivedJob received =
                Objects.requireNonNull(
                        headers.get(JobInboundAdapter.RECEIVED_JOB, ReceivedJob.class));
        Job job = received.job();
        meters.counter(
                        "sluice.processor.jobs",
                        "kind",
                        job.kind().name().toLowerCase(Locale.ROOT),
                        "outcome",
                        OutcomeWord.of(outcome))
                .increment();
        log.info(
                "upload {} job {} attempt {}: {}",
                job.upload(),
                job.id(),
                job.attempt(),
                OutcomeWord.withReason(outcome));
        received.complete(outcome);
    }

    private static void close(Lease lease) {
        try {
            lease.close();
        } catch (IOException e) {
            // It was open for reading only: nothing is lost.
            log.warn("an original could not be closed", e);
        }
    }

    /** Answers a job whose step threw. */
    void answerFailure(MessagingException failure) {
        Message<?> message = Objects.requireNonNull(failure.getFailedMessage());
        Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
        JobOutcome.Failed outcome = FailureOutcome.of(cause);
        if (!(cause instanceof StepFailed)) {
            log.error("a step threw what it should not", failure);
        }
        answer(outcome, message.getHeaders());
    }
}
