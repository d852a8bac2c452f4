package io.sluice.channel.amqp;

import java.util.Objects;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.support.converter.MessageConverter;

/** Bytes in, bytes out: the default one would deserialise whatever claims to be an object. */
final class RawConverter implements MessageConverter {
    /** The header with the reason of a job's return. */
    static final String REASON = "reason";

    private final String sender;

    /** For messages of that end. */
    RawConverter(String sender) {
        this.sender = sender;
    }

    @Override
    public Message toMessage(Object payload, MessageProperties properties) {
        Mail mail = (Mail) payload;
        properties.setAppId(sender);
        properties.setContentType("application/x-protobuf");
        properties.setDeliveryMode(MessageDeliveryMode.PERSISTENT);
        properties.setReplyTo(mail.replyTo());
        if (mail.timeToLive() != null) {
            properties.setExpiration(String.valueOf(Math.max(1, mail.timeToLive().toMillis())));
        }
        if (mail.reason() != null) {
            properties.setHeader(REASON, mail.reason().name());
        }
        return new Message(mail.body().toByteArray(), properties);
    }

    @Override
    public Object fromMessage(Message message) {
        return Objects.requireNonNull(message.getBody());
    }
}
