package io.sluice.processor.render;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.model.wire.RenderReply;
import io.sluice.model.wire.RenderRequest;
import io.sluice.model.wire.WorkerHello;
import io.sluice.processor.Lease;
import io.sluice.processor.LeaseOver;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One child process that decodes pictures, one at a time.
 *
 * <p>One thread at a time may have it render; any thread may end it, and the first reason counts.
 * There is no way to stop a decoder but to kill its process: a kill ends the stream that the
 * rendering thread reads from.
 */
final class ImageWorker implements Closeable {
    private static final int LONGEST_ERROR = 200;

    /** How long a picture that was made shows that a worker works. */
    private static final Duration PROVEN = Duration.ofSeconds(5);

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Process process;
    private final WorkerStream from;
    private final OutputStream to;
    private final ScheduledExecutorService timer;
    private final CompletableFuture<EndReason> end = new CompletableFuture<>();
    private final Engine engine;
    private final AtomicInteger renders = new AtomicInteger();
    private volatile long lastMade = System.nanoTime() - PROVEN.toNanos();

    /**
     * Waits until a process that was just started is ready.
     *
     * @param timer kills it when it takes too long
     * @throws IOException if it ended, or was killed, before
     */
    ImageWorker(Process process, ScheduledExecutorService timer, Duration startTimeout)
            throws IOException {
        this.process = process;
        this.timer = timer;
        this.from = new WorkerStream(process.getInputStream());
        this.to = process.getOutputStream();
        ScheduledFuture<?> killer = killAfter(startTimeout, EndReason.START);
        try {
            this.engine = Engine.of(from.read(WorkerHello.parser()));
        } catch (IOException e) {
            kill(EndReason.START);
            throw new IOException(
                    "it ended, or said no hello within %s; what it said is in this log"
                            .formatted(startTimeout),
                    e);
        } finally {
            killer.cancel(false);
        }
    }

    Engine engine() {
        return engine;
    }

    long pid() {
        return process.pid();
    }

    /** How many pictures it was given. */
    int renders() {
        return renders.get();
    }

    /**
     * Has it make the renditions of one original.
     *
     * @throws LeaseOver if nobody wants them any more; the worker is killed then
     */
    Answer render(RenderRequest request, Lease lease, Duration timeout) throws LeaseOver {
        renders.incrementAndGet();
        return ask(request, lease, timeout);
    }

    /**
     * Has it make a picture that can't fail; one that fails is killed. A picture it made lately
     * proves as much.
     */
    boolean proves(RenderRequest request, Lease lease, Duration timeout) throws LeaseOver {
        if (System.nanoTime() - lastMade < PROVEN.toNanos()) {
            return true;
        }
        if (ask(request, lease, timeout) instanceof Answer.Made) {
            return true;
        }
        kill(EndReason.UNHEALTHY);
        return false;
    }

    private Answer ask(RenderRequest request, Lease lease, Duration timeout) throws LeaseOver {
        ScheduledFuture<?> killer = killAfter(lease.atMost(timeout), EndReason.DEADLINE);
        try (Lease.Registration _ = lease.onRevoked(() -> kill(EndReason.CANCELLED))) {
            request.writeDelimitedTo(to);
            to.flush();
            return answer(request, from.read(RenderReply.parser()));
        } catch (InvalidProtocolBufferException e) {
            kill(EndReason.GARBLED);
            return new Answer.Deadly("it talked nonsense: " + e.getMessage());
        } catch (IOException e) {
            kill(EndReason.CRASH);
            lease.ensureHeld();
            return end.join() == EndReason.DEADLINE
                    ? new Answer.Deadly("killed after " + timeout)
                    : new Answer.Deadly("crashed");
        } finally {
            killer.cancel(false);
        }
    }

    private Answer answer(RenderRequest request, RenderReply reply) {
        if (reply.getId() != request.getId()) {
            kill(EndReason.GARBLED);
            return new Answer.Deadly("it answered what was not asked");
        }
        if (reply.getError().isEmpty()) {
            lastMade = System.nanoTime();
            return new Answer.Made(reply.getMadeList());
        }
        String error = oneLine(reply.getError());
        return reply.getSourceDamaged()
                ? new Answer.Undecodable(error)
                : new Answer.Failed("the image worker could not: " + error);
    }

    /** What comes from a process that decodes hostile files goes into logs and answers. */
    private static String oneLine(String text) {
        String line = text.strip().replaceAll("[^ -~]+", " ");
        return line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR);
    }

    private ScheduledFuture<?> killAfter(Duration timeout, EndReason reason) {
        return timer.schedule(() -> kill(reason), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How much memory it has now; 0 if that can't be told. */
    long residentBytes() {
        try {
            Matcher resident =
                    RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid() + "/status")));
            return resident.find() ? Long.parseLong(resident.group(1)) * 1024 : 0;
        } catch (IOException e) {
            return 0; // it has ended
        }
    }

    /** Whether it can be given a picture. */
    boolean isUsable() {
        return !end.isDone() && process.isAlive();
    }

    /** Ends it at once, in the middle of whatever it does. */
    void kill(EndReason reason) {
        end.complete(reason);
        process.destroyForcibly();
    }

    /** Waits until it has ended and tells why. */
    EndReason awaitEnd() throws InterruptedException {
        process.waitFor();
        end.complete(EndReason.CRASH);
        return end.join();
    }

    @Override
    public void close() {
        kill(EndReason.STOPPED);
    }
}
