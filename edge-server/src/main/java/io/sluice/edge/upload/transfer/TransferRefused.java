package io.sluice.edge.upload.transfer;

/** What an upload's client asked for can't be done, or not any more. */
public final class TransferRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it was refused. */
    public enum Reason {
        /** There is no such upload, or it is another tenant's, or it was terminated. */
        UNKNOWN,
        /** It was not finished in time. */
        EXPIRED,
        /** The client's offset is not the upload's. */
        WRONG_OFFSET,
        /** The length was told before, and it was another one; or it is less than what came. */
        WRONG_LENGTH,
        /** More bytes than any upload may have. */
        TOO_LONG,
        /** More bytes than the upload's length. */
        BEYOND_LENGTH,
        /** It is made of parts, so it takes no bytes. */
        IS_FINAL,
        /** What should be a part of it is none. */
        NO_PART,
        /** The bytes don't have the checksum they came with; they are forgotten. */
        WRONG_CHECKSUM,
        /** All bytes together don't have the checksum that was told of them; the upload is gone. */
        WRONG_WHOLE,
        /** A newer request has taken the upload over. */
        TAKEN_OVER
    }

    private final Reason reason;
    private final long offset;

    TransferRefused(Reason reason, String message) {
        this(reason, message, -1);
    }

    TransferRefused(Reason reason, String message, long offset) {
        super(message, null, false, false);
        this.reason = reason;
        this.offset = offset;
    }

    /** Why it was refused. */
    public Reason reason() {
        return reason;
    }

    /** The upload's true offset where it helps the client; negative elsewhere. */
    public long offset() {
        return offset;
    }
}
