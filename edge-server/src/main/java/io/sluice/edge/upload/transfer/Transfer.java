package io.sluice.edge.upload.transfer;

import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an upload's bytes have come, as the last commit knows it.
 *
 * @param state {@code RECEIVING} until it is whole and in the store; a part stays there
 * @param offset bytes that survive a power cut
 * @param length of the whole; null while the client has not told
 * @param metadata the client's own words
 * @param concat the client's own words
 * @param parts of a final one
 * @param expires when it is dropped; null once it is in the store
 */
public record Transfer(
        UploadId id,
        String tenant,
        String actor,
        UploadState state,
        Protocol protocol,
        Role role,
        long offset,
        @Nullable Long length,
        @Nullable String metadata,
        @Nullable String concat,
        List<UploadId> parts,
        @Nullable Instant expires,
        String boot) {

    public Transfer {
        parts = List.copyOf(parts);
    }

    /** Whether it may still take bytes or be waited for. */
    public boolean isReceiving() {
        return state == UploadState.RECEIVING;
    }

    /**
     * Whether all its bytes are there; only then, for all but parts, it may move on. Where only the
     * client can say so, none is that still takes bytes.
     */
    public boolean isFull() {
        return !isReceiving() || (protocol.endsByLength() && length != null && length == offset);
    }

    boolean isExpired(Instant now) {
        return isReceiving() && expires != null && !now.isBefore(expires);
    }

    /** Bytes that are still to come, as far as that is known. */
    long missing() {
        return length == null ? 0 : length - offset;
    }

    /** The same with other bytes. */
    Transfer with(long newOffset, @Nullable Long newLength, @Nullable Instant newExpires) {
        return new Transfer(
                id,
                tenant,
                actor,
                state,
                protocol,
                role,
                newOffset,
                newLength,
                metadata,
                concat,
                parts,
                newExpires,
                boot);
    }
}
