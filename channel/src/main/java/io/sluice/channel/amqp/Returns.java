package io.sluice.channel.amqp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.amqp.Mail.Settlement;
import io.sluice.channel.frame.Attempt;
import io.sluice.channel.frame.Backoff;
import io.sluice.channel.frame.Frames;
import io.sluice.model.wire.Frame;
import io.sluice.model.wire.JobMessage;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker has given up: a job is told to the edge that it is of, whichever that is, so that
 * it counts there as a lost attempt; anything else is kept in the queue of dead letters. Owned by
 * the loop.
 */
final class Returns {
    private static final Logger log = LoggerFactory.getLogger(Returns.class);

    private final Topology topology;
    private final Outbox outbox;
    private final AmqpLoop loop;

    Returns(Topology topology, Outbox outbox, AmqpLoop loop) {
        this.topology = topology;
        this.outbox = outbox;
        this.loop = loop;
    }

    /** The broker gave this up. */
    void hear(Delivery returned) {
        Mail onward =
                job(returned)
                        .map(job -> toItsEdge(returned, job))
                        .orElseGet(() -> toTheDead(returned));
        pass(returned, onward, 0);
    }

    private static Optional<Attempt> job(Delivery returned) {
        if (returned.replyTo().isEmpty()) {
            return Optional.empty();
        }
        try {
            Frame frame = returned.frame();
            JobMessage job = frame.getJob();
            return frame.hasJob()
                    ? Optional.of(new Attempt(job.getId(), job.getAttempt()))
                    : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            log.debug("no frame", e);
            return Optional.empty();
        }
    }

    private static Mail toItsEdge(Delivery returned, Attempt job) {
        boolean isLate = returned.deathReason().equals("expired");
        log.atInfo()
                .addKeyValue("job", job)
                .log("the broker gave the job up: {}", returned.deathReason());
        return Mail.to(returned.replyTo(), Frames.cancel(job))
                .because(isLate ? Reason.DEADLINE : Reason.PROCESSOR_LOST);
    }

    private Mail toTheDead(Delivery returned) {
        log.atWarn()
                .addKeyValue("size", returned.body().size())
                .log("a message that is no job is kept in the queue {}", topology.dead());
        return Mail.raw(topology.dead(), returned.body());
    }

    /** An edge without a mailbox is gone: it will find its jobs in its own queue. */
    private void pass(Delivery returned, Mail onward, int failures) {
        outbox.post(
                onward.then(settled ->
                        loop.run(() -> {
                            if (settled != Settlement.UNCERTAIN) {
                                returned.acknowledge();
                            } else if (returned.isOpen()) {
                                var _ =
                                        loop.after(
                                                Backoff.RECONNECT.after(failures),
                                                () -> pass(returned, onward, failures + 1));
                            }
                        })));
    }
}
