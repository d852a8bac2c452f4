package io.sluice.edge.upload;

/** The request makes no sense, whatever its bytes are. */
public final class UploadRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it was refused. */
    public enum Reason {
        /** The key was used before, for other bytes. */
        IDEMPOTENCY_CONFLICT,
        UNKNOWN_PROFILE,
        BAD_METADATA
    }

    private final Reason reason;

    public UploadRefused(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Why it was refused. */
    public Reason reason() {
        return reason;
    }
}
