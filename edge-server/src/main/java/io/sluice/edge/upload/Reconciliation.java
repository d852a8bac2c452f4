package io.sluice.edge.upload;

import io.sluice.edge.database.Database;
import io.sluice.edge.spool.DiskStore;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the store agree with its rows after a kill or a power cut: bytes whose upload was never
 * acknowledged go, those of a deleted upload too, infected ones move to the quarantine. It runs in
 * the background; the rows alone decide what is served.
 */
final class Reconciliation {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    /**
     * Between a file's rename and its row's commit lies a moment; nothing younger than this is
     * judged.
     */
    private static final Duration GRACE = Duration.ofHours(1);

    private final Database database;
    private final DiskStore store;
    private final InstantSource clock;

    Reconciliation(Database database, DiskStore store, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    /** Looks at every original once. Blocks for long; interrupt it to end it. */
    void run() throws IOException {
        Instant judged = clock.instant().minus(GRACE);
        Files.walkFileTree(
                store.root(),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        reconcile(file, attributes.lastModifiedTime().toInstant().isBefore(judged));
                        return Thread.currentThread().isInterrupted()
                                ? FileVisitResult.TERMINATE
                                : FileVisitResult.CONTINUE;
                    }
                });
    }

    private void reconcile(Path file, boolean isOld) throws IOException {
        UploadId id;
        try {
            id = UploadId.parse(String.valueOf(file.getFileName()));
        } catch (IllegalArgumentException e) {
            log.warn("left alone, as it is none of ours: {}", file);
            return;
        }
        Optional<UploadState> state = database.read(jdbc -> UploadRows.state(jdbc, id));
        if (state.isEmpty() ? isOld : state.get() == UploadState.DELETED) {
            store.delete(id);
            log.info(
                    "dropped the bytes of {}: {}",
                    id,
                    state.isEmpty() ? "never acknowledged" : "deleted");
        } else if (state.isPresent() && state.get() == UploadState.QUARANTINED) {
            store.quarantine(id);
        }
    }
}
