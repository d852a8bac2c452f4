package io.sluice.edge.job;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobOutboundGateway;
import io.sluice.model.JobOutcome;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.MessagingException;

/**
 * The way of a job out of the edge and back, as a Spring Integration flow: from {@value #OUT} by
 * the channel's gateway to {@link JobAnswers}; what comes back without an answer goes by {@value
 * #RETURNED}.
 */
public final class JobChannel {
    /** The message channel that jobs are sent to. */
    public static final String OUT = "jobsOut";

    /** The message channel of jobs without an answer, which each message out must name. */
    public static final String RETURNED = "jobsReturned";

    private JobChannel() {}

    /** The way out, and of answers back. */
    public static IntegrationFlow there(Dispatcher dispatcher, JobAnswers answers) {
        return IntegrationFlow.from(OUT)
                .handle(new JobOutboundGateway(dispatcher), endpoint -> endpoint.id("jobGateway"))
                .handle(
                        JobOutcome.class,
                        (outcome, headers) -> {
                            answers.answered(outcome, headers);
                            return null;
                        })
                .get();
    }

    /** The way back of jobs without an answer. */
    public static IntegrationFlow back(JobAnswers answers) {
        return IntegrationFlow.from(RETURNED)
                .handle(
                        MessagingException.class,
                        (failure, _) -> {
                            answers.returned(failure);
                            return null;
                        })
                .get();
    }
}
