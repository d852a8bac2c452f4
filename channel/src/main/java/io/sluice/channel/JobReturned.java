package io.sluice.channel;

/** A job came back without an outcome: nobody works on this attempt any more. */
public final class JobReturned extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why it came back. */
    public enum Reason {
        /** The connection broke or pings were missed. */
        PROCESSOR_LOST,
        /** The processor is draining and had not taken it: costs no attempt. */
        GOING_AWAY,
        /** No connected processor had credit: costs no attempt. */
        NO_CREDIT,
        /** The job's deadline passed. */
        DEADLINE,
        /** The dispatcher was closed. */
        CLOSED
    }

    private final Reason reason;

    /** With one sentence for the log. */
    public JobReturned(Reason reason, String message) {
        // Expected, and as frequent as jobs: without the cost of a stack trace.
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Why it came back. */
    public Reason reason() {
        return reason;
    }
}
