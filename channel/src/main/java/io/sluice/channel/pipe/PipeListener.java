package io.sluice.channel.pipe;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.sluice.channel.descriptor.DescriptorChannel;
import io.sluice.channel.descriptor.OpenPair;
import io.sluice.channel.directory.DirectoryWatch;
import io.sluice.channel.frame.ChannelLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers pipes and replaces those that edges take: a taken pair is one whose name is gone. The
 * watch's thread and whoever closes it share the list of pairs, guarded by this.
 */
final class PipeListener {
    private static final Logger log = LoggerFactory.getLogger(PipeListener.class);

    /** More edges than this at one processor are somebody's mistake. */
    private static final int MAX_CONNECTIONS = 256;

    private final PipeDoor door;
    private final int free;
    private final ChannelLoop loop;
    private final ChannelHandler initializer;
    private final List<Waiting> waiting = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final DirectoryWatch watch;
    private boolean closed;

    /** A connection whose edge has not come yet. */
    private record Waiting(Path jobs, DescriptorChannel channel) {}

    /**
     * Offers the first pairs.
     *
     * @param free how many pairs there are for edges that come at the same moment
     * @param interval from one look to the next, in case an event got lost
     */
    PipeListener(
            PipeDoor door,
            int free,
            Duration interval,
            ChannelLoop loop,
            ChannelHandler initializer)
            throws IOException {
        this.door = door;
        this.free = free;
        this.loop = loop;
        this.initializer = initializer;
        watch =
                new DirectoryWatch(
                        door.directory(),
                        PipeNames::isJobs,
                        interval,
                        (present, _) -> look(present));
        offer();
    }

    void start() {
        watch.start();
    }

    private synchronized void look(Set<Path> present) {
        if (closed) {
            return;
        }
        for (Waiting pair : List.copyOf(waiting)) {
            if (!present.contains(pair.jobs())) {
                waiting.remove(pair);
                remove(pair.jobs());
                loop.run(pair.channel()::activate);
            }
        }
        try {
            offer();
        } catch (IOException e) {
            log.warn("{}: no pipes can be made; edges can't connect", door.directory(), e);
        }
    }

    private static void remove(Path jobs) {
        try {
            Files.deleteIfExists(jobs);
            Files.deleteIfExists(PipeNames.outcomes(jobs));
        } catch (IOException e) {
            log.warn("{} could not be removed", jobs, e);
        }
    }

    private synchronized void offer() throws IOException {
        while (waiting.size() < free && connections.get() < MAX_CONNECTIONS) {
            PipePair.Offered pair = PipePair.offer(door.directory());
            DescriptorChannel channel = new DescriptorChannel();
            waiting.add(new Waiting(pair.jobs(), channel));
            connections.incrementAndGet();
            channel.closeFuture().addListener(_ -> closed(pair.jobs()));
            loop.run(() -> await(channel, pair.open()));
        }
    }

    /** Whose edge may have vanished before it took the name: then the watch sees the name go. */
    private void closed(Path jobs) {
        connections.decrementAndGet();
        Thread.ofVirtual().name("sluice-channel-pipes-remove").start(() -> remove(jobs));
    }

    private void await(DescriptorChannel channel, OpenPair pair) {
        EventLoop executor = loop.executor();
        channel.pipeline().addLast(initializer);
        executor.register(channel)
                .addListener(registered -> {
                    if (registered.isSuccess()) {
                        channel.await(pair);
                    } else {
                        pair.close();
                    }
                });
    }

    /** Offers no more; connections go on. */
    synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        watch.close();
        for (Waiting pair : waiting) {
            loop.run(pair.channel()::closeUnlessActive);
        }
        waiting.clear();
        door.close();
    }
}
