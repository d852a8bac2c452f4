package io.sluice.channel;

import io.sluice.model.JobOutcome;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.integration.endpoint.MessageProducerSupport;
import org.springframework.messaging.support.MessageBuilder;

/**
 * The channel's way into a Spring Integration flow: each job becomes a message with the {@link
 * io.sluice.model.Job} as payload and its {@link ReceivedJob} in the header {@value #RECEIVED_JOB}.
 * Stopping it drains the receiver.
 */
public final class JobInboundAdapter extends MessageProducerSupport {
    /** The header that the flow's last step answers through. */
    public static final String RECEIVED_JOB = "receivedJob";

    private static final Logger log = LoggerFactory.getLogger(JobInboundAdapter.class);

    private final JobReceiver receiver;
    private final Executor workers;
    private final Duration drainTimeout;

    /**
     * For one receiver, which it starts and closes.
     *
     * @param workers run the flow; they never see more jobs at once than the receiver has slots
     * @param drainTimeout for which a stop waits for the jobs in hand
     */
    public JobInboundAdapter(JobReceiver receiver, Executor workers, Duration drainTimeout) {
        this.receiver = receiver;
        this.workers = workers;
        this.drainTimeout = drainTimeout;
    }

    @Override
    protected void doStart() {
        receiver.start(job -> workers.execute(() -> send(job)));
    }

    private void send(ReceivedJob job) {
        try {
            sendMessage(MessageBuilder.withPayload(job.job()).setHeader(RECEIVED_JOB, job).build());
        } catch (RuntimeException e) {
            // Only without an error channel, whose flow answers otherwise.
            log.error("the flow failed for job {}", job.job().id(), e);
            job.complete(new JobOutcome.Failed("the processor's flow failed", true));
        }
    }

    @Override
    protected void doStop() {
        try {
            receiver.drain(drainTimeout);
        } catch (InterruptedException e) {
            log.warn("the drain was interrupted: jobs in hand go back to their edges");
            Thread.currentThread().interrupt();
        } finally {
            receiver.close();
        }
    }
}
