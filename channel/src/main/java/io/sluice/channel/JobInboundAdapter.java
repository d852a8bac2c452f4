package io.sluice.channel;

import io.sluice.model.JobOutcome;
import io.sluice.model.TraceParent;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
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

    /** The key of the trace in the logging context, as its 32 hexadecimal digits. */
    private static final String TRACE = "trace";

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
    public String getComponentType() {
        return "sluice:job-inbound-adapter";
    }

    @Override
    protected void doStart() {
        receiver.start(job -> workers.execute(() -> send(job)));
    }

    /** What is logged on the way names the trace that the job belongs to. */
    private void send(ReceivedJob job) {
        String parent = job.job().traceParent();
        String trace = TraceParent.isValid(parent) ? new TraceParent(parent).traceId() : "";
        try (var _ = MDC.putCloseable(TRACE, trace)) {
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
