package io.sluice.edge.upload.transfer;

import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.ResumableFile;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes final uploads of their parts. The kernel copies (and shares blocks where the file system
 * can); the copy is read once for its digest. The parts stay: each may be part of several uploads,
 * and their bytes must be there until the final upload's are.
 *
 * <p>Concurrency: a final upload is made in its turn, so once; whoever wants it meanwhile ends
 * that. What nobody waits for is made two at a time; one that finds no place is made when it is
 * asked for.
 */
final class Concatenations {
    private static final Logger log = LoggerFactory.getLogger(Concatenations.class);
    private static final long SLICE = 8 << 20;

    private final DiskExecutor disk;
    private final Turns turns;
    private final Files files;
    private final Ledger ledger;
    private final Room room;
    private final Completion completion;
    private final long maxSize;
    private final Semaphore inBackground = new Semaphore(2);

    Concatenations(
            DiskExecutor disk,
            Turns turns,
            Files files,
            Ledger ledger,
            Room room,
            Completion completion,
            long maxSize) {
        this.disk = disk;
        this.turns = turns;
        this.files = files;
        this.ledger = ledger;
        this.room = room;
        this.completion = completion;
        this.maxSize = maxSize;
    }

    /** A part has all its bytes: what waited for it may be made now. Blocks for a query only. */
    void partIsFull(UploadId part) {
        for (Transfer each : ledger.read(jdbc -> TransferRows.finalsOf(jdbc, part))) {
            makeLater(each);
        }
    }

    /** Makes it while nobody waits, if it can be made. */
    void makeLater(Transfer finalOne) {
        if (turns.isBusy(finalOne.id()) || !inBackground.tryAcquire()) {
            return;
        }
        Thread.ofVirtual()
                .name("concatenation")
                .start(() -> {
                    try {
                        make(finalOne.id());
                    } catch (RuntimeException e) {
                        log.warn("{} was not made of its parts: {}", finalOne.id(), e.toString());
                    } finally {
                        inBackground.release();
                    }
                });
    }

    /**
     * Makes it, if all its parts are full. Blocks.
     *
     * @return the upload as it is then
     */
    Transfer make(UploadId id) {
        Turn turn = new Turn(turns, id);
        turn.take(Duration.ofSeconds(10));
        try {
            Transfer known = ledger.find(id).orElseThrow();
            List<Transfer> parts = known.isReceiving() ? parts(known.parts()) : List.of();
            if (!known.isReceiving() || !parts.stream().allMatch(Transfer::isFull)) {
                return known;
            }
            join(turn, known, parts);
            return ledger.find(id).orElseThrow();
        } finally {
            turn.release();
        }
    }

    /**
     * The parts as they are.
     *
     * @throws TransferRefused if one is none, or gone
     */
    List<Transfer> parts(List<UploadId> ids) {
        List<Transfer> parts = new ArrayList<>();
        for (UploadId id : ids) {
            parts.add(
                    ledger.find(id)
                            .filter(part -> part.isReceiving() && part.role() == Role.PART)
                            .orElseThrow(() ->
                                    new TransferRefused(
                                            Reason.NO_PART, id + " is no partial upload")));
        }
        return parts;
    }

    private void join(Turn turn, Transfer known, List<Transfer> parts) {
        long length = parts.stream().mapToLong(Transfer::offset).sum();
        if (length > maxSize) {
            throw new TransferRefused(
                    Reason.TOO_LONG,
                    "the parts have %d bytes together, but an upload has at most %d (sluice.upload.max-size)"
                            .formatted(length, maxSize));
        }
        room.change(known.id(), length);
        ResumableFile file = files.open(known.with(0, length, known.expires()));
        boolean isMade = false;
        try {
            for (Transfer part : parts) {
                copy(turn, part, file);
            }
            completion.complete(known.id(), file);
            isMade = true;
        } finally {
            files.close(file);
            if (!isMade) {
                files.delete(known.id());
            }
        }
    }

    private void copy(Turn turn, Transfer part, ResumableFile file) {
        try (FileChannel bytes = files.read(part.id())) {
            for (long at = 0; at < part.offset(); at += SLICE) {
                turn.requireUnwanted();
                long position = at;
                long count = Math.min(SLICE, part.offset() - at);
                disk.submit(
                                () -> {
                                    file.append(bytes, position, count);
                                    return true;
                                })
                        .join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
