package io.sluice.channel;

import io.sluice.model.Job;
import org.springframework.integration.handler.AbstractReplyProducingMessageHandler;
import org.springframework.messaging.Message;

/**
 * The channel's way out of a Spring Integration flow: sends the {@link Job} that is a message's
 * payload, and replies with its {@link io.sluice.model.JobOutcome}. A job that comes back without
 * one goes to the message's error channel with the {@link JobReturned} as cause. No thread waits:
 * replies come on the transport's event loop.
 */
public final class JobOutboundGateway extends AbstractReplyProducingMessageHandler {
    private final Dispatcher dispatcher;

    /** Sends by one dispatcher, which it doesn't close. */
    public JobOutboundGateway(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        setAsync(true);
    }

    @Override
    protected Object handleRequestMessage(Message<?> request) {
        // As a future: of a Mono that fails, the framework logs an error besides handling it.
        return dispatcher.dispatch((Job) request.getPayload()).toFuture();
    }

    @Override
    public String getComponentType() {
        return "sluice:job-outbound-gateway";
    }
}
