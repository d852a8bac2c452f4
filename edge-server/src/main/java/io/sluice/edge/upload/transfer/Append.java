package io.sluice.edge.upload.transfer;

import io.sluice.edge.quota.QuotaExceeded;
import io.sluice.edge.spool.ResumableFile;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of one request on their way into its upload.
 *
 * <p>Concurrency: {@link #write} on disk threads, one call at a time; {@link #end} once, on a
 * virtual thread, when no write is under way. The turn ends with it, so whoever waits sees what it
 * committed.
 */
public final class Append {
    private static final Logger log = LoggerFactory.getLogger(Append.class);

    /** A power cut costs a long request at most so many bytes. */
    private static final long CHECKPOINT = 64L << 20;

    private final Appends appends;
    private final Turn turn;
    private final Transfer before;
    private final Chunk chunk;
    private final long limit;
    private final @Nullable ResumableFile file;
    private final ResumableFile.@Nullable Mark start;
    private final @Nullable MessageDigest check;
    private long checkpoint;
    private volatile boolean isNoteWanted;
    private volatile LongConsumer noted = _ -> {};

    Append(Appends appends, Turn turn, Transfer before, Chunk chunk, @Nullable ResumableFile file) {
        this.appends = appends;
        this.turn = turn;
        this.before = before;
        this.chunk = chunk;
        this.file = file;
        this.start = file == null ? null : file.mark();
        this.limit = appends.limit(before, chunk);
        this.check = chunk.checksum() == null ? null : chunk.checksum().algorithm().begin();
        this.checkpoint = before.offset();
    }

    /** Whose bytes they are. */
    public UploadId upload() {
        return before.id();
    }

    /** How many bytes the upload had before the request's. */
    public long offset() {
        return before.offset();
    }

    /**
     * How many bytes the request may bring; one more, and it must end as {@link Ending.Refused}.
     */
    public long limit() {
        return limit;
    }

    /** What to refuse a request with that brings more than the {@link #limit}. */
    public TransferRefused excess() {
        return appends.tooLong(before, chunk);
    }

    /**
     * Tells of each offset that survives a power cut from then on, while the request goes on. Bytes
     * that must prove themselves are never told of.
     */
    public void onNoted(LongConsumer listener) {
        noted = listener;
    }

    /** Wants the next write, be it empty, to be noted. Any thread may call. */
    public void wantNote() {
        isNoteWanted = true;
    }

    /** Appends what remains in the buffers, all or nothing; blocks for the disk. */
    public void write(ByteBuffer[] bytes) throws IOException {
        ResumableFile open = Objects.requireNonNull(file, "a full upload takes no bytes");
        if (check != null) {
            for (ByteBuffer each : bytes) {
                check.update(each.duplicate());
            }
        }
        open.append(bytes);
        if (!chunk.mustProve() && open.length() - checkpoint >= (isNoteWanted ? 1 : CHECKPOINT)) {
            isNoteWanted = false;
            checkpoint(open);
        }
    }

    private void checkpoint(ResumableFile open) throws IOException {
        appends.spool().force(open);
        checkpoint = open.length();
        Transfer moved = before.with(checkpoint, length(), before.expires());
        var _ =
                appends.ledger()
                        .note(moved)
                        .whenComplete((isThere, failure) -> {
                            if (failure != null) {
                                log.warn("{} bytes of {} are not noted", checkpoint, moved.id());
                            } else if (isThere) {
                                noted.accept(moved.offset());
                            }
                        });
    }

    /**
     * Ends it: what is to be kept is made durable, and an upload that is whole is completed.
     * Blocks.
     *
     * @return the upload as it is now
     * @throws TransferRefused if the checksum is wrong, or the length
     */
    public Transfer end(Ending ending) {
        if (file == null) {
            turn.release();
            return before;
        }
        try {
            return switch (ending) {
                case Ending.Whole(var behind) -> whole(file, behind);
                case Ending.Cut _ -> isAllOrNothing() ? rollBack(file) : keep(file, length());
                case Ending.Refused _ -> endsByLength() ? rollBack(file) : keep(file, length());
                case Ending.Excess _ -> endsByLength() ? rollBack(file) : remove();
            };
        } finally {
            appends.files().close(file);
            turn.release();
        }
    }

    private boolean endsByLength() {
        return before.protocol().endsByLength();
    }

    /** Elsewhere than in tus, a checksum is compared of whole requests only. */
    private boolean isAllOrNothing() {
        return chunk.mustProve() && endsByLength();
    }

    private Transfer whole(ResumableFile open, @Nullable Checksum behind) {
        if ((check != null && !isRight(check, Objects.requireNonNull(chunk.checksum())))
                || (behind != null && !isRight(read(open, behind), behind))) {
            rollBack(open);
            throw new TransferRefused(
                    Reason.WRONG_CHECKSUM,
                    "the bytes don't have the checksum they came with",
                    before.offset());
        }
        return chunk.isLast() ? last(open) : keep(open, length());
    }

    private Transfer last(ResumableFile open) {
        Long length = length();
        if (length != null && length != open.length()) {
            Transfer now = keep(open, before.length());
            throw new TransferRefused(
                    Reason.WRONG_LENGTH,
                    "the upload should have had %d bytes".formatted(length),
                    now.offset());
        }
        for (Checksum each : chunk.ofWhole()) {
            if (!appends.hasAltogether(open, each)) {
                remove();
                throw new TransferRefused(
                        Reason.WRONG_WHOLE,
                        "the upload's bytes don't have the %s that was told of them"
                                .formatted(each.algorithm().word()));
            }
        }
        return complete(open, before.with(open.length(), open.length(), before.expires()));
    }

    private static boolean isRight(MessageDigest computed, Checksum expected) {
        return HexFormat.of().formatHex(computed.digest()).equals(expected.hex());
    }

    /** The algorithm of a checksum behind the bytes is known too late to hash them as they come. */
    private MessageDigest read(ResumableFile open, Checksum behind) {
        return appends.hash(open, before.offset(), behind.algorithm());
    }

    private @Nullable Long length() {
        return Appends.length(before, chunk);
    }

    private Transfer keep(ResumableFile open, @Nullable Long length) {
        Transfer now = before.with(open.length(), length, before.expires());
        if (now.isFull() && now.role() != Role.PART) {
            return complete(open, now);
        }
        if (now.offset() != before.offset() || !Objects.equals(length, before.length())) {
            appends.files().force(open);
            now = appends.advance(before, now.offset(), length);
        }
        endProof();
        appends.files().keepDigest(now.id(), open);
        if (now.isFull()) {
            appends.partIsFull(now.id());
        }
        return now;
    }

    /** A tenant without room keeps the bytes: it may delete others, and ask again. */
    private Transfer complete(ResumableFile open, Transfer now) {
        try {
            appends.completion().complete(now.id(), open);
        } catch (QuotaExceeded e) {
            appends.advance(before, now.offset(), now.length());
            endProof();
            throw e;
        }
        endProof();
        return appends.ledger().find(now.id()).orElseThrow();
    }

    /** Nothing of it is left, and nobody may go on with it. */
    private Transfer remove() {
        endProof();
        appends.removal().terminate(before);
        return before;
    }

    private Transfer rollBack(ResumableFile open) {
        appends.files().rollBack(open, Objects.requireNonNull(start));
        Transfer now = before;
        if (checkpoint != before.offset()) {
            now = appends.advance(before, before.offset(), before.length());
        } else {
            appends.restore(before);
        }
        endProof();
        appends.files().keepDigest(before.id(), open);
        return now;
    }

    private void endProof() {
        if (chunk.mustProve()) {
            appends.files().endProof(before.id());
        }
    }
}
