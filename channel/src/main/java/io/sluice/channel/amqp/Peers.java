package io.sluice.channel.amqp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.ConnectionMeter;
import io.sluice.channel.frame.JobMeter;
import io.sluice.channel.frame.Mirror;
import io.sluice.model.wire.Frame;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and mirrors what an end hears and says, for each peer that it knows. A job belongs to
 * nobody until a processor accepts it. Peers come and go on the loop; any thread may count.
 */
final class Peers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Peers.class);

    private final ChannelMetrics metrics;
    private final Mirror mirror;
    private final UnaryOperator<String> mailboxes;
    private final ConnectionMeter nobody;
    private final Map<String, ConnectionMeter> meters = new ConcurrentHashMap<>(); // by mailbox

    /**
     * Knows nobody yet.
     *
     * @param mirror that shows the messages, closed with this
     * @param mailboxes the mailbox of a run of a peer
     */
    Peers(ChannelMetrics metrics, Mirror mirror, UnaryOperator<String> mailboxes) {
        this.metrics = metrics;
        this.mirror = mirror;
        this.mailboxes = mailboxes;
        nobody = new ConnectionMeter(metrics, mirror);
    }

    /** What counts whoever the peer is. */
    ChannelMetrics metrics() {
        return metrics;
    }

    /** One run of a peer is there, perhaps since now; whoever tells it from others bounds them. */
    void join(String instance, String identity, IntSupplier credit) {
        meters.computeIfAbsent(
                mailboxes.apply(instance),
                _ -> {
                    ConnectionMeter made = new ConnectionMeter(metrics, mirror);
                    made.join(identity, credit);
                    return made;
                });
    }

    /** It is gone, or was not heard of for too long. */
    void leave(String instance) {
        ConnectionMeter gone = meters.remove(mailboxes.apply(instance));
        if (gone != null) {
            gone.leave();
        }
    }

    /** A job goes out, to whoever takes it. */
    JobMeter begin() {
        return nobody.begin();
    }

    /** What counts for that run of a peer; for nobody if it is not known. */
    ConnectionMeter of(String instance) {
        return meters.getOrDefault(mailboxes.apply(instance), nobody);
    }

    /** The same delivery, which came in. */
    Delivery read(Delivery delivery) {
        int bytes = delivery.body().size();
        try {
            of(delivery.sender()).read(delivery.frame(), bytes);
        } catch (InvalidProtocolBufferException e) {
            log.debug("no frame: whoever hears it refuses it", e);
            metrics.read(bytes);
        }
        return delivery;
    }

    /** It was given to the broker. */
    void written(Mail mail) {
        Frame frame = mail.frame();
        int bytes = mail.body().size();
        if (frame == null) {
            metrics.written(bytes);
        } else {
            meters.getOrDefault(mail.routingKey(), nobody).written(frame, bytes);
        }
    }

    /** Forgets all of them; on the loop. */
    @Override
    public void close() {
        meters.values().forEach(ConnectionMeter::leave);
        meters.clear();
        mirror.close();
    }
}
