package io.sluice.worker.vips;

/** What was refused or could not be finished, mostly in the words of libvips. */
final class VipsException extends Exception {
    private final String reason;

    VipsException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
