package io.sluice.channel.frame;

/** The peer sent what the protocol does not allow: its connection is closed. */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Tells what it sent. */
    public ProtocolViolation(String message) {
        super(message);
    }

    /** With what it did, and how that was noticed. */
    public ProtocolViolation(String message, Throwable cause) {
        super(message, cause);
    }
}
