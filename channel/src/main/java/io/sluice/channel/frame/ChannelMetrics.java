package io.sluice.channel.frame;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The meters of one end of the channel. Thread-safe. */
public final class ChannelMetrics {
    /** As many have meters of their own; a name costs a registry about 80 series. */
    private static final int MAX_PEERS = 256;

    private final MeterRegistry registry;
    private final Transport transport;
    private final String group;
    private final Tags tags;
    private final Counter reconnects;
    private final Counter framesRefused;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final Map<String, PeerMetrics> peers = new HashMap<>(); // guarded by this

    /** By outcome, of which there are few: to look a meter up costs more than to record in it. */
    private final Map<String, Timer> roundTrips = new ConcurrentHashMap<>();

    /**
     * Registers what both ends have.
     *
     * @param group of processors that this end belongs to
     */
    public ChannelMetrics(MeterRegistry registry, Transport transport, String group) {
        this.registry = registry;
        this.transport = transport;
        this.group = group;
        tags = Tags.of("transport", transport.word(), "group", group);
        reconnects = registry.counter("sluice.channel.reconnects", tags);
        framesRefused = registry.counter("sluice.channel.frames.refused", tags);
        bytesIn = registry.counter("sluice.channel.bytes", tags.and("direction", "in"));
        bytesOut = registry.counter("sluice.channel.bytes", tags.and("direction", "out"));
    }

    /** The group of processors that this end belongs to. */
    String group() {
        return group;
    }

    /** Adds the gauges that only the edge has. */
    public void watch(Dispatcher dispatcher) {
        Gauge.builder("sluice.channel.credit", dispatcher, Dispatcher::credit)
                .tags(tags)
                .register(registry);
        Gauge.builder("sluice.channel.processors", dispatcher, Dispatcher::processors)
                .tags(tags)
                .register(registry);
        Gauge.builder("sluice.channel.outstanding", outstanding, AtomicInteger::get)
                .tags(tags)
                .register(registry);
    }

    /** One more connection to the peer, with its meters; null for a peer too many. */
    synchronized @Nullable PeerMetrics join(String peer, IntSupplier credit) {
        if (peers.size() >= MAX_PEERS && !peers.containsKey(peer)) {
            return null;
        }
        PeerMetrics known =
                peers.computeIfAbsent(
                        peer, name -> new PeerMetrics(registry, transport, tags.and("peer", name)));
        known.join(credit);
        return known;
    }

    /** One connection to the peer less. */
    synchronized void leave(String peer, IntSupplier credit) {
        PeerMetrics known = peers.get(peer);
        if (known != null && known.leave(credit)) {
            peers.remove(peer);
        }
    }

    public void sent() {
        outstanding.incrementAndGet();
    }

    /** A job that was sent has ended. */
    public void ended(String outcome, long nanos) {
        outstanding.decrementAndGet();
        roundTrips.computeIfAbsent(outcome, this::roundTrip).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer roundTrip(String outcome) {
        return Timer.builder("sluice.channel.roundtrip")
                .description("From a job's dispatch to its outcome or return")
                .tags(tags.and("outcome", outcome))
                .publishPercentileHistogram()
                .register(registry);
    }

    public void reconnected() {
        reconnects.increment();
    }

    public void frameRefused() {
        framesRefused.increment();
    }

    /**
     * Somebody who may not be at the other end was sent away.
     *
     * @param reason one word of few
     */
    public void peerRefused(String reason) {
        registry.counter("sluice.channel.peers.refused", tags.and("reason", reason)).increment();
    }

    public void read(int bytes) {
        bytesIn.increment(bytes);
    }

    public void written(int bytes) {
        bytesOut.increment(bytes);
    }
}
