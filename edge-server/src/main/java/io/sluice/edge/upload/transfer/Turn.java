package io.sluice.edge.upload.transfer;

import io.sluice.edge.upload.TooBusy;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request's turn at an upload: while it lasts, nobody else touches the upload's bytes. A newer
 * request's turn asks this one to give way, waits until it has, and sees what it left.
 *
 * <p>Concurrency: any thread may call any method, each at most once but {@link #release}. A turn
 * ends when it is released and the one before it has ended: so turns that give up while they wait
 * don't let those behind them overtake.
 */
public final class Turn {
    private final Turns turns;
    private final UploadId id;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private @Nullable CompletableFuture<Boolean> before;
    private @Nullable Runnable giveWay;
    private boolean isWanted;
    private boolean isReleased;

    Turn(Turns turns, UploadId id) {
        this.turns = turns;
        this.id = id;
    }

    /** The upload. */
    public UploadId id() {
        return id;
    }

    /**
     * Waits until the turn before has ended. Blocks.
     *
     * @throws TooBusy if that takes longer than the patience, or too many wait
     */
    void take(Duration patience) {
        CompletableFuture<Boolean> previous = turns.enter(this);
        synchronized (this) {
            before = previous;
            if (isReleased) {
                endAfter(previous);
            }
        }
        try {
            previous.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            release();
            throw new TooBusy(
                    "the disk does not take what an earlier request of the upload has brought");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            release();
            throw new TooBusy("the edge stops");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a turn never fails", e);
        }
    }

    /**
     * What to do when a newer request wants the upload: end this one's, soon. It is called at once
     * if one does already, otherwise on the newer request's thread; it must not block.
     */
    public void onGiveWay(Runnable action) {
        synchronized (this) {
            giveWay = action;
            if (!isWanted) {
                return;
            }
        }
        action.run();
    }

    /** Called by a newer turn. */
    void want() {
        Runnable action;
        synchronized (this) {
            isWanted = true;
            action = giveWay;
        }
        if (action != null) {
            action.run();
        }
    }

    /** Whether a newer request wants the upload. */
    public synchronized boolean isWanted() {
        return isWanted;
    }

    /**
     * Refuses to go on once a newer request wants the upload.
     *
     * @throws TransferRefused if one does
     */
    void requireUnwanted() {
        if (isWanted()) {
            throw new TransferRefused(
                    Reason.TAKEN_OVER, "a newer request has taken the upload over");
        }
    }

    /** Ends the turn; a second time, or before it was taken, is fine. Never blocks. */
    public synchronized void release() {
        if (!isReleased) {
            isReleased = true;
            if (before != null) {
                endAfter(before);
            }
        }
    }

    private void endAfter(CompletableFuture<Boolean> previous) {
        var _ =
                previous.thenRun(() -> {
                    turns.leave(this);
                    end.complete(true);
                });
    }

    CompletableFuture<Boolean> end() {
        return end;
    }
}
