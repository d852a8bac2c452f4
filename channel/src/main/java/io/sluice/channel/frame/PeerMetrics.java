package io.sluice.channel.frame;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sluice.channel.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one peer, over all connections to it: what it has done since it came. They go with
 * it; what was counted stays in the meters of the transport.
 */
final class PeerMetrics {
    private final MeterRegistry registry;
    private final Timer roundTrip;
    private final @Nullable Counter reconnects; // null where a broker stands between
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final List<IntSupplier> credits = new CopyOnWriteArrayList<>();
    private final List<Meter> all = new ArrayList<>();

    PeerMetrics(MeterRegistry registry, Transport transport, Tags tags) {
        this.registry = registry;
        roundTrip =
                Timer.builder("sluice.channel.peer.roundtrip")
                        .description("From a job's dispatch to this peer to its outcome or return")
                        .tags(tags)
                        .publishPercentileHistogram()
                        .register(registry);
        bytesIn = registry.counter("sluice.channel.peer.bytes", tags.and("direction", "in"));
        bytesOut = registry.counter("sluice.channel.peer.bytes", tags.and("direction", "out"));
        all.addAll(
                List.of(
                        roundTrip,
                        bytesIn,
                        bytesOut,
                        Gauge.builder(
                                        "sluice.channel.peer.outstanding",
                                        outstanding,
                                        AtomicInteger::get)
                                .tags(tags)
                                .register(registry),
                        Gauge.builder("sluice.channel.peer.credit", this, PeerMetrics::credit)
                                .tags(tags)
                                .register(registry)));
        if (transport == Transport.AMQP) {
            reconnects = null;
        } else {
            reconnects = registry.counter("sluice.channel.peer.reconnects", tags);
            all.add(reconnects);
        }
    }

    /** One more connection to the peer, which has that credit. */
    void join(IntSupplier credit) {
        credits.add(credit);
    }

    /** A connection has ended; with the last one the meters go. */
    boolean leave(IntSupplier credit) {
        credits.remove(credit);
        if (credits.isEmpty()) {
            all.forEach(registry::remove);
            return true;
        }
        return false;
    }

    private double credit() {
        return credits.stream().mapToInt(IntSupplier::getAsInt).sum();
    }

    Timer roundTrip() {
        return roundTrip;
    }

    AtomicInteger outstanding() {
        return outstanding;
    }

    void reconnected() {
        if (reconnects != null) {
            reconnects.increment();
        }
    }

    void read(int bytes) {
        bytesIn.increment(bytes);
    }

    void written(int bytes) {
        bytesOut.increment(bytes);
    }
}
