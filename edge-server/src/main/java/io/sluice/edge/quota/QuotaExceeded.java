package io.sluice.edge.quota;

/** A tenant's quota leaves no room for what was asked. */
public final class QuotaExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isHopeless;

    /**
     * A refusal.
     *
     * @param isHopeless whether the file is larger than the whole quota, so that deleting others
     *     would not help
     */
    QuotaExceeded(String message, boolean isHopeless) {
        super(message, null, false, false);
        this.isHopeless = isHopeless;
    }

    /** Whether no deletion could make room. */
    public boolean isHopeless() {
        return isHopeless;
    }
}
