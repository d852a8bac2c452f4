package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import io.sluice.edge.spool.DiskExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request's writes, in order, one at a time.
 *
 * <p>Confined to the request's event loop; only a batch's write runs elsewhere, and what it touches
 * is touched by nobody else meanwhile. While one batch is written the next is collected; with both
 * full, {@link #hasRoom} is false and no more bytes may be asked for. A full disk executor is
 * waited for, as the client can be made to wait, but not forever.
 */
final class DiskLane {
    private static final Duration RETRY = Duration.ofMillis(20);
    private static final int MOST_RETRIES = 500;

    /** What the lane tells its owner, on the event loop. */
    interface Owner {
        /** A write has ended: there may be room again, or the lane is empty. */
        void written();

        /** A write has failed: the lane is dead. */
        void failed(Throwable cause);
    }

    private final DiskExecutor disk;
    private final EventExecutor loop;
    private final WriteMemory memory;
    private final Owner owner;
    private final Queue<Batch> waiting = new ArrayDeque<>();
    private @Nullable Batch collecting;
    private boolean isWriting;
    private @Nullable Runnable afterAbort;

    DiskLane(DiskExecutor disk, EventExecutor loop, WriteMemory memory, Owner owner) {
        this.disk = disk;
        this.loop = loop;
        this.memory = memory;
        this.owner = owner;
    }

    /** Appends to the file; takes the bytes over. */
    void append(Target file, ByteBuf bytes) {
        if (afterAbort != null || !bytes.isReadable()) {
            bytes.release();
            return;
        }
        Batch batch = batchOf(file);
        batch.add(bytes);
        if (batch.isFull()) {
            seal(batch);
        }
    }

    /** The file has all its bytes. */
    void end(Target file) {
        if (afterAbort == null) {
            Batch batch = batchOf(file);
            batch.endFile();
            seal(batch);
        }
    }

    /** Writes what was collected, though it is little. */
    void flush() {
        if (collecting != null) {
            seal(collecting);
        }
    }

    /** Writes what was collected of the file, be it nothing. */
    void touch(Target file) {
        if (afterAbort == null) {
            Batch batch = batchOf(file);
            batch.touch();
            seal(batch);
        }
    }

    private Batch batchOf(Target file) {
        if (collecting != null && !collecting.file().equals(file)) {
            seal(collecting);
        }
        if (collecting == null) {
            collecting = new Batch(file, memory);
        }
        return collecting;
    }

    private void seal(Batch batch) {
        collecting = null;
        waiting.add(batch);
        next();
    }

    /** Whether more bytes may be asked for. */
    boolean hasRoom() {
        return waiting.isEmpty();
    }

    /** Whether all that was appended is written. */
    boolean isEmpty() {
        return waiting.isEmpty() && !isWriting && collecting == null;
    }

    /** Drops what is not written, and runs the work once no write is under way. */
    void abort(Runnable after) {
        if (afterAbort != null) {
            return;
        }
        afterAbort = after;
        if (collecting != null) {
            collecting.release();
            collecting = null;
        }
        waiting.forEach(Batch::release);
        waiting.clear();
        if (!isWriting) {
            after.run();
        }
    }

    private void next() {
        if (!isWriting && !waiting.isEmpty()) {
            isWriting = true;
            submit(waiting.remove(), MOST_RETRIES);
        }
    }

    private void submit(Batch batch, int retries) {
        if (afterAbort != null) {
            ended(batch, null);
            return;
        }
        Callable<Boolean> write =
                () -> {
                    batch.write();
                    return true;
                };
        try {
            var _ =
                    disk.submit(write)
                            .whenComplete(
                                    (_, failure) -> loop.execute(() -> ended(batch, failure)));
        } catch (RejectedExecutionException full) {
            if (retries == 0) {
                ended(batch, full);
            } else {
                var _ =
                        loop.schedule(
                                () -> submit(batch, retries - 1),
                                RETRY.toMillis(),
                                TimeUnit.MILLISECONDS);
            }
        }
    }

    private void ended(Batch batch, @Nullable Throwable failure) {
        isWriting = false;
        batch.release();
        if (afterAbort != null) {
            afterAbort.run();
        } else if (failure != null) {
            owner.failed(failure);
        } else {
            next();
            owner.written();
        }
    }
}
