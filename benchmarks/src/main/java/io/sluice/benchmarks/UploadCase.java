package io.sluice.benchmarks;

/**
 * One way of uploading.
 *
 * @param title for people
 * @param bodySize bytes of each upload
 * @param connections with one upload at a time on each
 * @param uploads in all; {@link #UNTIL_TIME} to go on until the time is over
 */
record UploadCase(String title, long bodySize, int connections, int uploads) {
    static final int UNTIL_TIME = Integer.MAX_VALUE;
    private static final long MEBIBYTE = 1L << 20;

    static final UploadCase ONE_LARGE = new UploadCase("1 GiB raw", 1024 * MEBIBYTE, 1, 1);
    static final UploadCase PARALLEL = new UploadCase("16 x 64 MiB", 64 * MEBIBYTE, 16, 16);
    static final UploadCase SMALL =
            new UploadCase("16 KiB, 64 connections", 16 << 10, 64, UNTIL_TIME);

    boolean isTimed() {
        return uploads == UNTIL_TIME;
    }
}
