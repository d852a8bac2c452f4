package io.sluice.channel.amqp;

import com.google.protobuf.ByteString;
import io.sluice.channel.JobReturned;
import io.sluice.model.wire.Frame;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One message to be published.
 *
 * @param exchange empty for the broker's own, which takes a queue's name as routing key
 * @param frame what it says; null for what is passed on unread
 * @param body the frame's bytes, or those that are passed on
 * @param replyTo the mailbox for answers
 * @param timeToLive after which the broker gives it up
 * @param reason why a job comes back
 * @param settled hears, on any thread, what became of it
 */
record Mail(
        String exchange,
        String routingKey,
        @Nullable Frame frame,
        ByteString body,
        @Nullable String replyTo,
        @Nullable Duration timeToLive,
        JobReturned.@Nullable Reason reason,
        Consumer<Settlement> settled) {

    /** What became of a message. */
    enum Settlement {
        /** The broker has it on disk. */
        DELIVERED,
        /** There is no such queue. */
        UNROUTABLE,
        /** The broker refused it, or the connection broke and it may have it or not. */
        UNCERTAIN
    }

    /** To everybody who listens to an exchange; nothing is lost if it is lost. */
    static Mail toAll(String exchange, Frame frame, Duration timeToLive) {
        return new Mail(exchange, "", frame, frame.toByteString(), null, timeToLive, null, _ -> {});
    }

    /** A job, which goes to whichever processor takes it first. */
    static Mail job(
            String exchange, String kind, Frame frame, String replyTo, Duration timeToLive) {
        return new Mail(
                exchange, kind, frame, frame.toByteString(), replyTo, timeToLive, null, _ -> {});
    }

    /** To one queue. */
    static Mail to(String queue, Frame frame) {
        return new Mail("", queue, frame, frame.toByteString(), null, null, null, _ -> {});
    }

    /** Something that was not understood, to one queue. */
    static Mail raw(String queue, ByteString body) {
        return new Mail("", queue, null, body, null, null, null, _ -> {});
    }

    /** The same, as the return of a job for that reason. */
    Mail because(JobReturned.Reason why) {
        return new Mail(exchange, routingKey, frame, body, replyTo, timeToLive, why, settled);
    }

    /** The same, and tells what became of it. */
    Mail then(Consumer<Settlement> listener) {
        return new Mail(exchange, routingKey, frame, body, replyTo, timeToLive, reason, listener);
    }
}
