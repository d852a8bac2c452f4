package io.sluice.worker.vips;

/** An operation that libvips refused or could not finish, in its own words. */
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
