package io.sluice.channel.amqp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.frame.Frames;
import io.sluice.model.wire.Frame;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.MessageProperties;

/**
 * A message that the broker delivered. Acknowledging it over a connection that broke does nothing:
 * the broker delivers it again. Owned by the loop.
 */
final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final ByteString body;
    private final MessageProperties properties;
    private final @Nullable Channel channel;
    private @Nullable Frame frame;

    Delivery(ByteString body, MessageProperties properties, @Nullable Channel channel) {
        this.body = body;
        this.properties = properties;
        this.channel = channel;
    }

    ByteString body() {
        return body;
    }

    /**
     * What it says.
     *
     * @throws InvalidProtocolBufferException when it is no frame
     */
    Frame frame() throws InvalidProtocolBufferException {
        if (body.size() > Frames.MAX_BYTES) {
            throw new InvalidProtocolBufferException("longer than " + Frames.MAX_BYTES + " bytes");
        }
        Frame parsed = frame == null ? Frame.parseFrom(body) : frame;
        frame = parsed;
        return parsed;
    }

    /** The end that sent it. */
    String sender() {
        String sender = properties.getAppId();
        return sender == null ? "" : sender;
    }

    /** The mailbox for answers. */
    String replyTo() {
        String mailbox = properties.getReplyTo();
        return mailbox == null ? "" : mailbox;
    }

    /** Whether somebody has had it before. */
    boolean isRedelivered() {
        return Boolean.TRUE.equals(properties.isRedelivered());
    }

    /** Why a job comes back. */
    Reason reason() {
        try {
            return Reason.valueOf(header(RawConverter.REASON).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            log.debug("a return without its reason", e);
            return Reason.PROCESSOR_LOST;
        }
    }

    /** Why the broker gave it up: {@code expired}, {@code rejected}, {@code delivery_limit}. */
    String deathReason() {
        return header("x-first-death-reason");
    }

    private String header(String name) {
        Object value = properties.getHeaders().get(name);
        return value == null ? "" : value.toString();
    }

    /** Whether it may be acknowledged; otherwise the broker delivers it again. */
    boolean isOpen() {
        return channel != null && channel.isOpen();
    }

    /** The broker may forget it. */
    void acknowledge() {
        settle(open -> open.basicAck(properties.getDeliveryTag(), false));
    }

    /** It is of no use to anybody: a dead letter. */
    void reject() {
        settle(open -> open.basicReject(properties.getDeliveryTag(), false));
    }

    /** Nothing more is to come by the consumer with that tag; what was delivered stays. */
    void cancelConsumer(String tag) {
        settle(open -> open.basicCancel(tag));
    }

    private interface Step {
        void on(Channel open) throws IOException;
    }

    private void settle(Step step) {
        if (channel == null) {
            throw new IllegalStateException("a delivery that needs no acknowledgement");
        }
        try {
            step.on(channel);
        } catch (IOException | AlreadyClosedException e) {
            log.debug("the connection is broken: the broker delivers again", e);
        }
    }
}
