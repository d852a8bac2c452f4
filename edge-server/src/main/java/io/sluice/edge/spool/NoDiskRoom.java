package io.sluice.edge.spool;

/** The disk is below its watermark: no upload is taken until space returns. */
public final class NoDiskRoom extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoDiskRoom(String message) {
        super(message);
    }
}
