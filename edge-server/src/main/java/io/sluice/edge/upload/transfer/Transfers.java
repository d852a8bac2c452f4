package io.sluice.edge.upload.transfer;

import io.sluice.edge.identity.Grant;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.TokenUses;
import io.sluice.edge.upload.NewUpload;
import io.sluice.edge.upload.Uploads;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uploads of this host that come in several requests. All but {@link #turn} blocks: for virtual
 * threads, never for event loops.
 */
public final class Transfers {
    /** How long a newer request waits for an older one's bytes to be on the disk. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Transfers.class);

    private final Turns turns;
    private final Ledger ledger;
    private final Files files;
    private final Room room;
    private final Appends appends;
    private final Completion completion;
    private final Concatenations concatenations;
    private final Removal removal;
    private final Uploads uploads;

    Transfers(Turns turns, Appends appends, Uploads uploads) {
        this.turns = turns;
        this.appends = appends;
        this.ledger = appends.ledger();
        this.files = appends.files();
        this.room = appends.room();
        this.completion = appends.completion();
        this.concatenations = appends.concatenations();
        this.removal = appends.removal();
        this.uploads = uploads;
    }

    /** The most bytes that an upload may have. */
    public long maxSize() {
        return appends.maxSize();
    }

    /**
     * Begins an upload; it is durable when this returns. One that needs no more bytes is completed.
     *
     * @throws TransferRefused if it is too long, or its parts are none
     * @throws io.sluice.edge.upload.UploadRefused if its profile is unknown
     * @throws io.sluice.edge.spool.NoDiskRoom if the disk has no room for it
     * @throws io.sluice.edge.quota.QuotaExceeded if its tenant has no room for it
     * @throws io.sluice.edge.identity.TokenUsedUp if its token has made as many as it may
     */
    public Transfer create(NewTransfer request) {
        uploads.requireProfile(request.upload().profile());
        List<Transfer> parts = parts(request);
        Long length = request.role() == Role.FINAL ? lengthOf(request, parts) : request.length();
        if (length != null) {
            appends.requireSize(length, most(request));
        }
        appends.quotas().requireRoom(request.upload().tenant(), length == null ? 0 : length);
        UploadId id = ledger.nextId();
        room.promise(id, length == null ? 0 : length);
        Transfer begun;
        try {
            begun = ledger.open(id, request, length);
        } catch (RuntimeException e) {
            room.forget(id);
            throw e;
        }
        return complete(begun);
    }

    private List<Transfer> parts(NewTransfer request) {
        List<Transfer> parts = concatenations.parts(request.parts());
        for (Transfer part : parts) {
            if (!mayJoin(request.upload(), part)) {
                throw new TransferRefused(Reason.NO_PART, part.id() + " is no partial upload");
            }
        }
        return parts;
    }

    /** A token joins only what it has made: parts of others are as unknown as none. */
    private boolean mayJoin(NewUpload upload, Transfer part) {
        Grant grant = upload.grant();
        return part.tenant().equals(upload.tenant())
                && (grant == null
                        || ledger.read(jdbc -> TokenUses.hasMade(jdbc, grant, part.id())));
    }

    private static long most(NewTransfer request) {
        Grant grant = request.upload().grant();
        return grant == null ? Long.MAX_VALUE : grant.maxSize();
    }

    private static @Nullable Long lengthOf(NewTransfer request, List<Transfer> parts) {
        long sum = 0;
        for (Transfer part : parts) {
            if (part.length() == null) {
                if (request.upload().grant() != null) {
                    throw new TransferRefused(
                            Reason.NO_PART, "an upload token joins parts of known lengths only");
                }
                return null;
            }
            sum += part.length();
        }
        return sum;
    }

    /** A client whose request fails has no upload, so nothing is left of it. */
    private Transfer complete(Transfer begun) {
        try {
            return switch (begun.role()) {
                case FINAL -> concatenations.make(begun.id());
                case WHOLE, PART -> begun.isFull() ? completeEmpty(begun) : begun;
            };
        } catch (RuntimeException e) {
            removal.terminate(begun);
            throw e;
        }
    }

    private Transfer completeEmpty(Transfer begun) {
        if (begun.role() == Role.WHOLE) {
            completion.complete(begun);
        }
        return ledger.find(begun.id()).orElseThrow();
    }

    /** How an upload is resumed that comes in several requests, if who asks may know it. Blocks. */
    public Optional<Protocol> protocol(Identity who, UploadId id) {
        return ledger.find(who, id).map(Transfer::protocol);
    }

    /** A request's turn at an upload, to be taken. It changes nothing yet, and never blocks. */
    public Turn turn(UploadId id) {
        return new Turn(turns, id);
    }

    /**
     * The upload, if who asks may know it. Nobody is disturbed.
     *
     * @throws TransferRefused if there is none, or it has expired
     */
    public Transfer find(Identity who, Protocol protocol, UploadId id) {
        Transfer known =
                ledger.find(who, id)
                        .filter(each -> each.protocol() == protocol)
                        .orElseThrow(() -> unknown());
        return switch (known.state()) {
            case DELETED ->
                    throw ledger.read(jdbc -> TransferRows.isExpired(jdbc, id))
                            ? expired()
                            : unknown();
            case RECEIVING, STORED, PROCESSING, READY, REJECTED, QUARANTINED, UNSCANNABLE, FAILED ->
                    known;
        };
    }

    /**
     * Takes the turn: ends the request that has the upload, waits until its bytes are on the disk,
     * and tells the true state. An upload that is whole but could not be completed is completed. A
     * final upload takes no bytes, so nobody is disturbed.
     *
     * @throws TransferRefused if there is none, or it has expired
     * @throws io.sluice.edge.upload.TooBusy if the older request does not end
     */
    public Transfer take(Turn turn, Identity who, Protocol protocol) {
        Transfer known = find(who, protocol, turn.id());
        if (known.role() == Role.FINAL) {
            if (known.isReceiving()) {
                concatenations.makeLater(known);
            }
            return known;
        }
        turn.take(PATIENCE);
        try {
            return inTurn(find(who, protocol, turn.id()));
        } catch (RuntimeException e) {
            turn.release();
            throw e;
        }
    }

    private Transfer inTurn(Transfer known) {
        if (known.isExpired(ledger.now())) {
            removal.expire(known.id());
            throw expired();
        }
        if (known.isReceiving() && files.isLost(known)) {
            log.error("{} is lost: the spool does not have its bytes any more", known.id());
            removal.terminate(known);
            throw unknown();
        }
        if (known.isReceiving() && known.isFull() && known.role() == Role.WHOLE) {
            completion.complete(known);
            return ledger.find(known.id()).orElseThrow();
        }
        return known;
    }

    /**
     * Begins to append in a turn that was taken.
     *
     * @throws TransferRefused if the chunk does not fit
     * @throws io.sluice.edge.spool.NoDiskRoom if there is no room for a length that is told now
     */
    public Append append(Turn turn, Transfer transfer, Chunk chunk) {
        return appends.begin(turn, transfer, chunk);
    }

    /**
     * Deletes an upload, whole or not, whatever way it came.
     *
     * @return false if there is none
     */
    public boolean terminate(Identity who, UploadId id) {
        if (ledger.find(who, id).isEmpty()) {
            return uploads.delete(who, id);
        }
        Turn turn = turn(id);
        turn.take(PATIENCE);
        try {
            if (ledger.find(id).filter(Transfer::isReceiving).isEmpty()) {
                return uploads.delete(who, id);
            }
            return removal.terminate(id, who.asActor());
        } finally {
            turn.release();
        }
    }

    /**
     * Drops an upload that is too old, unless somebody is at it.
     *
     * @return whether it was dropped
     */
    boolean expire(UploadId id) {
        if (turns.isBusy(id)) {
            return false;
        }
        Turn turn = turn(id);
        turn.take(PATIENCE);
        try {
            return ledger.find(id).filter(each -> each.isExpired(ledger.now())).isPresent()
                    && removal.expire(id);
        } finally {
            turn.release();
        }
    }

    private static TransferRefused unknown() {
        return new TransferRefused(Reason.UNKNOWN, "there is no upload of this id");
    }

    private static TransferRefused expired() {
        return new TransferRefused(Reason.EXPIRED, "the upload was not finished in time");
    }
}
