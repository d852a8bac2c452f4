package io.sluice.channel.pipe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.sluice.channel.PipeProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.descriptor.DescriptorChannel;
import io.sluice.channel.descriptor.OpenPair;
import io.sluice.channel.frame.Backoff;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.ConnectionMeter;
import io.sluice.channel.frame.EdgeTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processors as children and speaks over their standard streams; an address is a child's
 * name. One that ends is started again, after a pause that grows while children end soon.
 */
public final class ChildEdgeTransport implements EdgeTransport {
    private static final Logger log = LoggerFactory.getLogger(ChildEdgeTransport.class);

    /** A child that has run for so long was no failure. */
    private static final Duration STABLE = Duration.ofSeconds(60);

    private static final Backoff RESTART =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

    private final PipeProperties settings;
    private final InstantSource clock;
    private final Opener opener;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Set<Thread> ending = ConcurrentHashMap.newKeySet();

    /** Starts nothing yet. */
    public ChildEdgeTransport(PipeProperties settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        opener = new Opener(settings.processes());
    }

    @Override
    public Transport kind() {
        return Transport.PIPE;
    }

    @Override
    public IoHandlerFactory ioHandler() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public void watch(Listener listener) {
        Set<String> children =
                IntStream.rangeClosed(1, settings.processes())
                        .mapToObj(number -> "child-" + number)
                        .collect(Collectors.toUnmodifiableSet());
        listener.addresses(children, children);
    }

    @Override
    public ChannelFuture connect(String address, EventLoop loop, ChannelHandler initializer) {
        return opener.connect(loop, initializer, channel -> start(address, loop, channel));
    }

    /** On one of the opener's threads, of which there is one for each child. */
    private OpenPair start(String name, EventLoop loop, DescriptorChannel channel)
            throws IOException, InterruptedException {
        int before = failures.getOrDefault(name, 0);
        Duration pause = before == 0 ? Duration.ZERO : RESTART.after(before - 1);
        if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the dispatcher is closed");
        }
        failures.merge(name, 1, Integer::sum);
        Child child = started(name);
        long began = System.nanoTime();
        Thread.ofVirtual().name(name + "-stderr").start(() -> StandardError.pump(child));
        var _ =
                child.process()
                        .onExit()
                        .thenAccept(ended -> {
                            if (Duration.ofNanos(System.nanoTime() - began).compareTo(STABLE)
                                    >= 0) {
                                failures.put(name, 0);
                            }
                            IOException why =
                                    new IOException(
                                            name + " ended with exit code " + ended.exitValue());
                            Opener.later(loop, () -> channel.breakOff(why));
                        });
        channel.closeFuture().addListener(_ -> end(child));
        return child.pair();
    }

    private Child started(String name) throws IOException {
        try {
            Child child = Child.start(name, settings);
            log.atInfo()
                    .addKeyValue("processor", name)
                    .addKeyValue("pid", child.process().pid())
                    .log("processor started as a child");
            return child;
        } catch (IOException e) {
            log.atWarn().addKeyValue("processor", name).log(e.getMessage());
            throw e;
        }
    }

    private void end(Child child) {
        Thread thread =
                Thread.ofPlatform()
                        .name(child.name() + "-end")
                        .daemon()
                        .unstarted(() -> {
                            try {
                                child.end(settings.stopTimeout());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } finally {
                                ending.remove(Thread.currentThread());
                            }
                        });
        ending.add(thread);
        thread.start();
    }

    @Override
    public void translate(Channel channel, ConnectionMeter meter) {
        switch (settings.format()) {
            case FRAMES -> EdgeTransport.super.translate(channel, meter);
            case JSON_LINES ->
                    channel.pipeline()
                            .addLast(
                                    new JsonLines(
                                            "child",
                                            settings.slots(),
                                            settings.stopTimeout(),
                                            clock,
                                            meter));
        }
    }

    /** Nothing: nobody else has its streams. */
    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        log.trace("{} is a child's", channel);
    }

    /** Waits for the children to end, which takes two stop timeouts at most. */
    @Override
    public void close() {
        closing.countDown();
        opener.close();
        for (Thread thread : Set.copyOf(ending)) {
            try {
                thread.join(settings.stopTimeout().multipliedBy(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
