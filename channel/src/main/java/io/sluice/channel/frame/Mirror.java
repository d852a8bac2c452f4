package io.sluice.channel.frame;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.model.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every message of an edge's channels as a line of JSON, for whoever wants to watch.
 *
 * <p>Concurrency: event loops offer to a bounded queue and never wait; what doesn't fit is dropped
 * and counted. One daemon thread of its own makes the text and writes it, and is what waits for a
 * slow reader.
 */
public final class Mirror implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Mirror.class);

    /** Messages that may wait for the writer, together at most 64 MiB; some 4 MiB as a rule. */
    private static final int WAITING = 1024;

    private static final JsonFormat.Printer JSON =
            JsonFormat.printer().omittingInsignificantWhitespace();

    private final @Nullable Writer writer;
    private final String group;

    enum Direction {
        IN,
        OUT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Message(
            Instant at, String group, String peer, Direction direction, Frame frame) {

        /** Names are of a pattern that needs no escape in JSON. */
        String line() throws InvalidProtocolBufferException {
            return "{\"at\":\"%s\",\"group\":\"%s\",\"peer\":\"%s\",\"direction\":\"%s\",\"frame\":%s}\n"
                    .formatted(at, group, peer, direction.word(), JSON.print(frame));
        }
    }

    private Mirror(@Nullable Writer writer, String group) {
        this.writer = writer;
        this.group = group;
    }

    /** Shows nothing. */
    public static Mirror off() {
        return new Mirror(null, "");
    }

    /**
     * Opens the file or FIFO that is set, if one is.
     *
     * @throws UncheckedIOException when it can't be written
     */
    public static Mirror open(
            ChannelProperties properties, MeterRegistry registry, InstantSource clock) {
        Path path = properties.mirror();
        if (path == null) {
            return off();
        }
        try {
            Writer writer = new Writer(MirrorFile.open(path), path, registry, clock);
            writer.thread.start();
            return new Mirror(writer, "");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "sluice.channel.mirror = %s: can't be written: %s".formatted(path, e), e);
        }
    }

    /** The same mirror for the messages of one group: it is closed with the last that is. */
    public Mirror of(String name) {
        if (writer != null) {
            writer.users.incrementAndGet();
        }
        return new Mirror(writer, name);
    }

    /** Shows one message, or drops it; never waits. */
    void show(String peer, Direction direction, Frame frame) {
        if (writer != null) {
            writer.offer(new Message(writer.clock.instant(), group, peer, direction, frame));
        }
    }

    @Override
    public void close() {
        if (writer != null && writer.users.decrementAndGet() == 0) {
            writer.thread.interrupt();
        }
    }

    /** The thread and what it owns. */
    private static final class Writer implements Runnable {
        private final FileChannel file;
        private final Path path;
        private final InstantSource clock;
        private final Counter written;
        private final Counter dropped;
        private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(WAITING);
        private final AtomicInteger users = new AtomicInteger();
        private final Thread thread =
                Thread.ofPlatform().daemon().name("sluice-mirror").unstarted(this);

        Writer(FileChannel file, Path path, MeterRegistry registry, InstantSource clock) {
            this.file = file;
            this.path = path;
            this.clock = clock;
            written = registry.counter("sluice.channel.mirror.lines", "outcome", "written");
            dropped = registry.counter("sluice.channel.mirror.lines", "outcome", "dropped");
        }

        void offer(Message message) {
            if (!waiting.offer(message)) {
                dropped.increment();
            }
        }

        @Override
        public void run() {
            try (file) {
                while (true) {
                    write(waiting.take());
                }
            } catch (InterruptedException | ClosedByInterruptException e) {
                log.debug("the mirror {} is closed", path);
            } catch (IOException e) {
                log.warn("sluice.channel.mirror = {}: nothing more is written there", path, e);
            }
        }

        private void write(Message message) throws IOException {
            ByteBuffer line = ByteBuffer.wrap(message.line().getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                file.write(line);
            }
            written.increment();
        }
    }
}
