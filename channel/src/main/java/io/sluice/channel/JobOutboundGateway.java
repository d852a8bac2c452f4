package io.sluice.channel;

import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.integration.handler.AbstractReplyProducingMessageHandler;
import org.springframework.messaging.Message;

/**
 * The channel's way out of a Spring Integration flow: sends the {@link Job} that is a message's
 * payload, and replies with its {@link JobOutcome}. A job that comes back without one goes to the
 * message's error channel with the {@link JobReturned} as cause. No thread waits: replies come on
 * the transport's event loop.
 */
public final class JobOutboundGateway extends AbstractReplyProducingMessageHandler {
    private final Dispatcher dispatcher;

    /** Sends by one dispatcher, which it doesn't close. */
    public JobOutboundGateway(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        setAsync(true);
    }

    @Override
    protected CompletableFuture<@Nullable JobOutcome> handleRequestMessage(Message<?> request) {
        // As a future: of a Mono that fails, the framework logs an error besides handling it.
        return dispatcher.dispatch((Job) request.getPayload()).toFuture();
    }

    @Override
    public String getComponentType() {
        return "sluice:job-outbound-gateway";
    }
}
