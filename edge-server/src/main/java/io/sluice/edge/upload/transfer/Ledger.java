package io.sluice.edge.upload.transfer;

import io.sluice.edge.database.Actor;
import io.sluice.edge.database.Audit;
import io.sluice.edge.database.Database;
import io.sluice.edge.identity.Grant;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.TokenUses;
import io.sluice.edge.spool.Boot;
import io.sluice.edge.upload.Reception;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the database knows of unfinished uploads. Every method blocks until its change is durable,
 * but {@link #note}.
 */
final class Ledger {
    private final Database database;
    private final InstantSource clock;
    private final Duration expiresAfter;
    private final Boot boot;

    Ledger(Database database, InstantSource clock, Duration expiresAfter, Boot boot) {
        this.database = database;
        this.clock = clock;
        this.expiresAfter = expiresAfter;
        this.boot = boot;
    }

    Instant now() {
        return clock.instant();
    }

    Boot boot() {
        return boot;
    }

    UploadId nextId() {
        return UploadId.next(clock);
    }

    <T> T read(Function<JdbcClient, T> query) {
        return database.read(query);
    }

    Optional<Transfer> find(UploadId id) {
        return database.read(jdbc -> TransferRows.find(jdbc, id));
    }

    /** The upload, if who asks may see it; by a token, only what the token has made. */
    Optional<Transfer> find(Identity who, UploadId id) {
        return database.read(jdbc ->
                TransferRows.find(jdbc, id)
                        .filter(each -> who.sees(each.tenant()))
                        .filter(_ ->
                                who.grant() == null || TokenUses.hasMade(jdbc, who.grant(), id)));
    }

    /**
     * The upload begins, and counts as one of its token's; the parts that it needs are kept as long
     * as it may wait for them.
     *
     * @throws io.sluice.edge.identity.TokenUsedUp if the token has made as many as it may
     */
    Transfer open(UploadId id, NewTransfer request, @Nullable Long length) {
        Instant expires = expiry();
        return database.commit(
                        jdbc -> {
                            new Reception(jdbc, id, clock.millis()).begin(request.upload(), length);
                            TransferRows.insert(jdbc, id, request, expires, boot.id());
                            Grant grant = request.upload().grant();
                            if (grant != null) {
                                TokenUses.take(jdbc, grant, id);
                            }
                            for (UploadId part : request.parts()) {
                                TransferRows.touch(jdbc, part, expires, boot.id());
                            }
                            return TransferRows.find(jdbc, id).orElseThrow();
                        })
                .join();
    }

    /**
     * It has so many bytes that survive a power cut now, and lives on.
     *
     * @throws TransferRefused if it is gone
     */
    Transfer advance(Transfer transfer, long offset, @Nullable Long length) {
        Transfer moved = transfer.with(offset, length, expiry());
        if (!note(moved).join()) {
            throw new TransferRefused(Reason.UNKNOWN, "the upload was terminated");
        }
        return moved;
    }

    /** The same without waiting; false if it is gone. */
    CompletableFuture<Boolean> note(Transfer moved) {
        return database.commit(jdbc -> {
            TransferRows.touch(jdbc, moved.id(), expiry(), boot.id());
            return new Reception(jdbc, moved.id(), clock.millis())
                    .received(moved.offset(), moved.length());
        });
    }

    /** The files were looked at after a start: so many bytes they have. */
    void compared(List<Transfer> transfers) {
        database.commit(
                        jdbc -> {
                            for (Transfer each : transfers) {
                                Instant expires =
                                        each.expires() == null ? expiry() : each.expires();
                                TransferRows.touch(jdbc, each.id(), expires, boot.id());
                                new Reception(jdbc, each.id(), clock.millis())
                                        .received(each.offset(), each.length());
                            }
                            return transfers.size();
                        })
                .join();
    }

    /** It is too late; false if it has moved on. */
    boolean expire(UploadId id) {
        return database.commit(
                        jdbc -> {
                            TransferRows.settle(jdbc, id);
                            return new Reception(jdbc, id, clock.millis()).expired();
                        })
                .join();
    }

    /** Its client gives it up; false if it has moved on. */
    boolean terminate(UploadId id, Actor actor) {
        return database.commit(
                        jdbc -> {
                            boolean isTerminated =
                                    new Reception(jdbc, id, clock.millis()).terminated();
                            if (isTerminated) {
                                TransferRows.settle(jdbc, id);
                                Audit.write(
                                        jdbc,
                                        clock.millis(),
                                        actor,
                                        "deleted",
                                        id.toString(),
                                        null);
                            }
                            return isTerminated;
                        })
                .join();
    }

    private Instant expiry() {
        return clock.instant().plus(expiresAfter);
    }
}
