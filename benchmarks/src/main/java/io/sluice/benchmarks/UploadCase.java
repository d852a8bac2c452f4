package io.sluice.benchmarks;

import io.sluice.benchmarks.peer.Way;

/**
 * One load.
 *
 * @param title for people
 * @param bodySize bytes of each upload
 * @param connections with one upload at a time on each
 * @param uploads in all; {@link #UNTIL_TIME} to go on until the time is over
 */
record UploadCase(String title, Way way, long bodySize, int connections, int uploads) {
    static final int UNTIL_TIME = Integer.MAX_VALUE;
    private static final long MEBIBYTE = 1L << 20;
    private static final long LARGE = 1024 * MEBIBYTE;
    private static final int SMALL_SIZE = 16 << 10;

    static final UploadCase ONE_LARGE = new UploadCase("1 GiB raw", Way.RAW, LARGE, 1, 1);
    static final UploadCase PARALLEL =
            new UploadCase("16 x 64 MiB raw", Way.RAW, 64 * MEBIBYTE, 16, 16);
    static final UploadCase TUS = new UploadCase("1 GiB tus PATCH", Way.TUS_PATCH, LARGE, 1, 1);
    static final UploadCase FORM = new UploadCase("1 GiB multipart", Way.FORM, LARGE, 1, 1);
    static final UploadCase SMALL =
            new UploadCase("16 KiB raw, 64 connections", Way.RAW, SMALL_SIZE, 64, UNTIL_TIME);
    static final UploadCase CREATION =
            new UploadCase(
                    "16 KiB tus creation-with-upload, 64 connections",
                    Way.TUS_CREATION,
                    SMALL_SIZE,
                    64,
                    UNTIL_TIME);

    boolean isTimed() {
        return uploads == UNTIL_TIME;
    }

    /** What nginx, which takes raw bodies only, does with as many bytes. */
    UploadCase ofNginx() {
        return way == Way.RAW ? this : isTimed() ? SMALL : ONE_LARGE;
    }
}
