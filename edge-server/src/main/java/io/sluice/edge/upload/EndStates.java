package io.sluice.edge.upload;

import io.sluice.edge.database.Database;
import io.sluice.edge.spool.DiskStore;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows an upload's end state: requests that wait for it are told, and an infected original
 * leaves the store.
 *
 * <p>Concurrency: a waiting request registers before it reads the state, and the state is read
 * again after each end, so none is missed. The number of waiting requests is bounded.
 */
final class EndStates {
    private static final Logger log = LoggerFactory.getLogger(EndStates.class);

    private final Database database;
    private final DiskStore store;
    private final int maxWaiting;
    private final Map<UploadId, Collection<CompletableFuture<Upload>>> waiting =
            new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    EndStates(Database database, DiskStore store, int maxWaiting) {
        this.database = database;
        this.store = store;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Completes when the upload has ended.
     *
     * @throws TooBusy if too many requests wait already
     */
    CompletableFuture<Upload> await(UploadId id) {
        if (count.incrementAndGet() > maxWaiting) {
            count.decrementAndGet();
            throw new TooBusy("too many requests wait for uploads (sluice.upload.max-waiting)");
        }
        CompletableFuture<Upload> end = new CompletableFuture<>();
        waiting.compute(
                id,
                (_, others) -> {
                    Collection<CompletableFuture<Upload>> all =
                            others == null ? new CopyOnWriteArrayList<>() : others;
                    all.add(end);
                    return all;
                });
        var _ = end.whenComplete((_, _) -> leave(id, end));
        return end;
    }

    private void leave(UploadId id, CompletableFuture<Upload> end) {
        count.decrementAndGet();
        waiting.computeIfPresent(
                id,
                (_, others) -> {
                    others.removeIf(other -> other == end);
                    return others.isEmpty() ? null : others;
                });
    }

    /** The upload may have ended: looks, and acts. Blocks. */
    void reached(UploadId id) {
        Optional<Upload> found =
                database.read(jdbc -> UploadRows.find(jdbc, id))
                        .filter(upload -> upload.state().isEnd());
        found.filter(upload -> upload.state() == UploadState.QUARANTINED)
                .ifPresent(this::quarantine);
        found.ifPresent(upload ->
                List.copyOf(waiting.getOrDefault(id, List.of()))
                        .forEach(end -> end.complete(upload)));
    }

    /**
     * The row already keeps it from being served; a move that fails is made up for at the next
     * start.
     */
    private void quarantine(Upload upload) {
        try {
            store.quarantine(upload.id());
            log.warn("upload {} is infected and was quarantined", upload.id());
        } catch (IOException e) {
            log.error(
                    "upload {} is infected but could not be moved to the quarantine: {}",
                    upload.id(),
                    e.toString());
        }
    }
}
