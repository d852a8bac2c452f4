package io.sluice.edge.upload.transfer;

import io.sluice.edge.upload.TooBusy;
import io.sluice.model.UploadId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is at each upload: the one registry of this process, over all its event loops.
 * Nothing of it is stored, so after a restart nobody has a turn and every upload is free.
 *
 * <p>With several edge processes on one data directory a second one's request would have to end a
 * writer in the first: each row would name the process that writes (set by compare-and-set, freed
 * with its boot and pid), and the newcomer would ask that process over a socket to give way before
 * it takes the row over. The chain below would stay as it is, with that as its first link.
 */
final class Turns {
    /** More requests than that for one upload at a time are no client's honest wish. */
    private static final int MOST = 64;

    private final Map<UploadId, Line> lines = new ConcurrentHashMap<>();

    /**
     * The newest turn of an upload, the one before it, and how many there are that have not ended.
     */
    private record Line(Turn newest, @Nullable Turn before, int count) {}

    /**
     * Lines the turn up and asks the one before it to give way.
     *
     * @return the end of the turn before it
     * @throws TooBusy if too many wait
     */
    CompletableFuture<Boolean> enter(Turn turn) {
        Line line = lines.compute(turn.id(), (_, known) -> behind(known, turn));
        Turn previous = line.before();
        if (previous == null) {
            return CompletableFuture.completedFuture(true);
        }
        previous.want();
        return previous.end();
    }

    private static Line behind(@Nullable Line line, Turn turn) {
        if (line == null) {
            return new Line(turn, null, 1);
        }
        if (line.count() >= MOST) {
            throw new TooBusy("too many requests for one upload");
        }
        return new Line(turn, line.newest(), line.count() + 1);
    }

    void leave(Turn turn) {
        lines.computeIfPresent(
                turn.id(),
                (_, line) ->
                        line.count() == 1
                                ? null
                                : new Line(line.newest(), line.before(), line.count() - 1));
    }

    /** Whether somebody has, or waits for, the upload. */
    boolean isBusy(UploadId id) {
        return lines.containsKey(id);
    }
}
