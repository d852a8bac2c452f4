package io.sluice.edge.upload.transfer;

import io.sluice.edge.quota.Quotas;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.ResumableFile;
import io.sluice.edge.spool.ResumableSpool;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges what requests want to append, and has at hand what appending needs. */
record Appends(
        DiskExecutor disk,
        ResumableSpool spool,
        Files files,
        Ledger ledger,
        Room room,
        Completion completion,
        Concatenations concatenations,
        Removal removal,
        Quotas quotas,
        long maxSize) {

    /**
     * Begins to append in the upload's turn. Blocks.
     *
     * @throws TransferRefused if the chunk does not fit
     * @throws io.sluice.edge.spool.NoDiskRoom if there is no room for a length that is told now
     * @throws io.sluice.edge.quota.QuotaExceeded the same in its tenant's quota
     */
    Append begin(Turn turn, Transfer transfer, Chunk chunk) {
        requireFits(transfer, chunk);
        turn.requireUnwanted();
        Long told = chunk.length();
        if (transfer.length() == null && told != null) {
            quotas.requireRoom(transfer.tenant(), told);
            room.change(transfer.id(), told - transfer.offset());
        }
        if (transfer.isFull()) {
            return new Append(this, turn, transfer, chunk, null);
        }
        if (chunk.mustProve()) {
            files.beginProof(transfer.id());
        }
        return new Append(this, turn, transfer, chunk, files.open(transfer));
    }

    private void requireFits(Transfer transfer, Chunk chunk) {
        if (transfer.role() == Role.FINAL) {
            throw new TransferRefused(Reason.IS_FINAL, "the upload is made of its parts");
        }
        if (chunk.offset() != transfer.offset()) {
            throw new TransferRefused(
                    Reason.WRONG_OFFSET,
                    "the upload has %d bytes, not %d".formatted(transfer.offset(), chunk.offset()),
                    transfer.offset());
        }
        Long told = chunk.length();
        if (told != null) {
            if (transfer.length() != null && !transfer.length().equals(told)) {
                throw new TransferRefused(
                        Reason.WRONG_LENGTH,
                        "the upload's length was told as %d".formatted(transfer.length()));
            }
            if (told < transfer.offset()) {
                throw new TransferRefused(
                        Reason.WRONG_LENGTH, "more bytes have come than that already");
            }
            requireSize(told, chunk.most());
        }
        if (chunk.size() > limit(transfer, chunk)) {
            throw tooLong(transfer, chunk);
        }
    }

    /**
     * Refuses what is longer than any upload may be, or any of who sends it.
     *
     * @throws TransferRefused if it is
     */
    void requireSize(long length, long most) {
        if (length > most) {
            throw new TransferRefused(
                    Reason.TOO_LONG,
                    "an upload has at most %d bytes (the upload token)".formatted(most));
        }
        if (length > maxSize) {
            throw new TransferRefused(
                    Reason.TOO_LONG,
                    "an upload has at most %d bytes (sluice.upload.max-size)".formatted(maxSize));
        }
    }

    TransferRefused tooLong(Transfer transfer, Chunk chunk) {
        return new TransferRefused(
                length(transfer, chunk) == null ? Reason.TOO_LONG : Reason.BEYOND_LENGTH,
                "only %d bytes are missing".formatted(limit(transfer, chunk)),
                transfer.offset());
    }

    long limit(Transfer transfer, Chunk chunk) {
        long longest = Math.min(maxSize, chunk.most());
        return Objects.requireNonNullElse(length(transfer, chunk), longest) - transfer.offset();
    }

    static @Nullable Long length(Transfer transfer, Chunk chunk) {
        return chunk.length() == null ? transfer.length() : chunk.length();
    }

    Transfer advance(Transfer transfer, long offset, @Nullable Long length) {
        Transfer moved = ledger.advance(transfer, offset, length);
        room.change(moved.id(), moved.missing());
        return moved;
    }

    void restore(Transfer transfer) {
        room.change(transfer.id(), transfer.missing());
    }

    void partIsFull(UploadId part) {
        concatenations.partIsFull(part);
    }

    /** Whether all bytes of the file together have the checksum. */
    boolean hasAltogether(ResumableFile file, Checksum expected) {
        String computed =
                expected.algorithm() == ChecksumAlgorithm.SHA256
                        ? completion.sha256(file).hex()
                        : HexFormat.of().formatHex(hash(file, 0, expected.algorithm()).digest());
        return computed.equals(expected.hex());
    }

    MessageDigest hash(ResumableFile file, long from, ChecksumAlgorithm algorithm) {
        MessageDigest digest = algorithm.begin();
        disk.submit(
                        () -> {
                            file.read(from, file.length(), digest::update);
                            return true;
                        })
                .join();
        return digest;
    }
}
