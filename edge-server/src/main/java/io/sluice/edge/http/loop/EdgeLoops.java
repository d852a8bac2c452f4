package io.sluice.edge.http.loop;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.AutoScalingEventExecutorChooserFactory;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * The edge's event loops: native epoll, a fixed number, all of them serving the one port. Netty's
 * scaling chooser with equal bounds never scales; it is here because it measures how busy each loop
 * is.
 */
public final class EdgeLoops implements LoopResources, AutoCloseable {
    private static final double NEVER_DOWN = 0.01;
    private static final double NEVER_UP = 0.99;

    private final MultiThreadIoEventLoopGroup loops;

    /**
     * Starts the loops.
     *
     * @throws IllegalStateException if this machine has no native epoll
     */
    public EdgeLoops(Workers workers) {
        this(workers.count());
    }

    private EdgeLoops(int workers) {
        requireEpoll();
        AtomicInteger number = new AtomicInteger();
        loops =
                new MultiThreadIoEventLoopGroup(
                        workers,
                        new ThreadPerTaskExecutor(
                                loop -> new LoopThread(loop, "edge-" + number.getAndIncrement())),
                        new AutoScalingEventExecutorChooserFactory(
                                workers,
                                workers,
                                1,
                                TimeUnit.SECONDS,
                                NEVER_DOWN,
                                NEVER_UP,
                                1,
                                1,
                                1),
                        EpollIoHandler.newFactory());
    }

    private static void requireEpoll() {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException(
                    "the edge needs Linux's epoll through Netty's native library, which could not be"
                            + " loaded: is this Linux on x86_64, and is its temporary directory"
                            + " (java.io.tmpdir) mounted without noexec?",
                    Epoll.unavailabilityCause());
        }
    }

    /** Publishes how busy each loop is, 0 to 1, over the last second. */
    public void publish(MeterRegistry meters) {
        for (int i = 0; i < loops.executorCount(); i++) {
            int loop = i;
            Gauge.builder("sluice.edge.loop.utilization", this, edge -> edge.utilization(loop))
                    .description("Share of the last second in which the event loop was busy")
                    .tag("loop", Integer.toString(loop))
                    .register(meters);
        }
    }

    /** How busy a loop was in the last second, 0 to 1. */
    public double utilization(int loop) {
        var utilizations = loops.executorUtilizations();
        return loop < utilizations.size() ? utilizations.get(loop).utilization() : 0;
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return loops;
    }

    @Override
    public boolean daemon() {
        return true;
    }

    @Override
    public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
        return Mono.create(sink ->
                loops.shutdownGracefully(
                                quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .addListener(_ -> sink.success()));
    }

    /** Ends the loops after the server has stopped; what is still open is closed. */
    @Override
    public void close() {
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
