package io.sluice.benchmarks;

import io.sluice.benchmarks.load.Result;

/**
 * One server's run of one case.
 *
 * @param frontCpu user and system seconds of the processes that clients speak to
 * @param allCpu the same of all processes of the server, with what was left to do after the
 *     acknowledgements
 * @param peak resident memory of the front at its highest, in MiB
 * @param growth what the peak is above the memory before, in MiB
 * @param settleSeconds from the last acknowledgement until nothing was left to do
 */
record UploadSample(
        String server,
        String title,
        int round,
        Result result,
        double frontCpu,
        double allCpu,
        double peak,
        double growth,
        double settleSeconds) {
    /** The round in which a JVM still interprets and compiles. */
    static final int WARM_UP = 0;

    private static final double GIBIBYTE = 1 << 30;
    private static final double MEBIBYTE = 1 << 20;

    boolean isWarmUp() {
        return round == WARM_UP;
    }

    double mebibytesPerSecond() {
        return result.bytes() / MEBIBYTE / result.seconds();
    }

    double requestsPerSecond() {
        return result.requests() / result.seconds();
    }

    /** CPU seconds for each GiB. */
    double perGibibyte(double cpu) {
        return cpu / (result.bytes() / GIBIBYTE);
    }

    /** CPU microseconds for each upload. */
    double perRequest(double cpu) {
        return cpu * 1e6 / result.requests();
    }
}
