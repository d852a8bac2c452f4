package io.sluice.benchmarks;

import static io.sluice.benchmarks.Table.figure;

import io.sluice.benchmarks.measure.Median;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The samples as tables of medians. */
final class UploadTables {
    static final String DURABLE = "Sluice";
    static final String NOT_DURABLE = "Sluice, durability=none";
    static final String DEFAULT_NGINX = "nginx 16k";
    static final String BEST_NGINX = "nginx 1m";
    static final String TUS_SERVER = "@tus/server";
    static final List<UploadCase> LARGE =
            List.of(UploadCase.ONE_LARGE, UploadCase.PARALLEL, UploadCase.TUS, UploadCase.FORM);

    private final List<UploadSample> samples;
    private final double digest;

    /**
     * Tables.
     *
     * @param digest CPU seconds that SHA-256 takes for a GiB
     */
    UploadTables(List<UploadSample> samples, double digest) {
        this.samples = List.copyOf(samples);
        this.digest = digest;
    }

    /** For programs. */
    record Outcome(double sha256CpuSecondsPerGib, List<UploadSample> samples) {}

    Outcome result() {
        return new Outcome(digest, samples);
    }

    void print() {
        LARGE.forEach(this::printLarge);
        printSmall(UploadCase.SMALL);
        printSmall(UploadCase.CREATION);
        System.out.printf(
                "SHA-256 alone, in the same kind of JVM: %s CPU s/GiB; only Sluice takes it%n%n",
                figure(digest, 2));
        new UploadGoals(this).print();
    }

    private void printLarge(UploadCase upload) {
        Table table =
                new Table(
                        upload.title(),
                        "MiB/s",
                        "CPU s/GiB: front",
                        "without SHA-256",
                        "all",
                        "first",
                        "front / nginx 16k",
                        "without SHA-256",
                        "front / nginx 1m",
                        "without SHA-256",
                        "front's peak MiB",
                        "growth MiB");
        for (String server : servers(upload)) {
            List<UploadSample> own = of(upload, server);
            table.add(
                    server,
                    figure(Median.of(own, UploadSample::mebibytesPerSecond), 0),
                    figure(Median.of(own, this::whole), 2),
                    figure(Median.of(own, this::bare), 2),
                    figure(Median.of(own, s -> s.perGibibyte(s.allCpu())), 2),
                    figure(most(upload, server, UploadTables::first), 2),
                    times(ratio(upload, server, DEFAULT_NGINX, this::whole)),
                    times(ratio(upload, server, DEFAULT_NGINX, this::bare)),
                    times(ratio(upload, server, BEST_NGINX, this::whole)),
                    times(ratio(upload, server, BEST_NGINX, this::bare)),
                    figure(most(upload, server, UploadSample::peak), 0),
                    figure(most(upload, server, UploadSample::growth), 0));
        }
        System.out.println(table + "\n");
    }

    private void printSmall(UploadCase upload) {
        Table table =
                new Table(
                        upload.title(),
                        "uploads/s",
                        "p50 ms",
                        "p99 ms",
                        "CPU us/upload: front",
                        "all",
                        "front / nginx 16k",
                        "front's peak MiB",
                        "failed");
        for (String server : servers(upload)) {
            List<UploadSample> own = of(upload, server);
            table.add(
                    server,
                    figure(Median.of(own, UploadSample::requestsPerSecond), 0),
                    figure(Median.of(own, s -> s.result().p50()), 1),
                    figure(Median.of(own, s -> s.result().p99()), 1),
                    figure(Median.of(own, UploadTables::each), 0),
                    figure(Median.of(own, s -> s.perRequest(s.allCpu())), 0),
                    times(ratio(upload, server, DEFAULT_NGINX, UploadTables::each)),
                    figure(most(upload, server, UploadSample::peak), 0),
                    Integer.toString(own.stream().mapToInt(s -> s.result().failed()).sum()));
        }
        System.out.println(table + "\n");
    }

    /** CPU seconds of the processes that clients speak to, for each GiB. */
    double whole(UploadSample sample) {
        return sample.perGibibyte(sample.frontCpu());
    }

    /** The same as if nobody had taken a digest. */
    double bare(UploadSample sample) {
        return whole(sample) - (isSluice(sample.server()) ? digest : 0);
    }

    /** CPU microseconds of the processes that clients speak to, for each upload. */
    static double each(UploadSample sample) {
        return sample.perRequest(sample.frontCpu());
    }

    private static boolean isSluice(String server) {
        return server.equals(DURABLE) || server.equals(NOT_DURABLE);
    }

    /** What a server costs in terms of nginx's cost for as many bytes; NaN if one wasn't there. */
    double ratio(
            UploadCase upload, String server, String nginx, ToDoubleFunction<UploadSample> cost) {
        return median(upload, server, cost) / median(upload.ofNginx(), nginx, cost);
    }

    private static String times(double ratio) {
        return Double.isNaN(ratio) ? "-" : figure(ratio, 2);
    }

    /** NaN if the server wasn't there. */
    double median(UploadCase upload, String server, ToDoubleFunction<UploadSample> figure) {
        List<UploadSample> own = of(upload, server);
        return own.isEmpty() ? Double.NaN : Median.of(own, figure);
    }

    /** What it costs all processes while a JVM that has just started compiles. */
    private static double first(UploadSample sample) {
        return sample.isWarmUp() ? sample.perGibibyte(sample.allCpu()) : 0;
    }

    /** The highest figure of all rounds, the warm-up's too. */
    double most(UploadCase upload, String server, ToDoubleFunction<UploadSample> figure) {
        return all(upload, server).mapToDouble(figure).max().orElse(0);
    }

    private List<String> servers(UploadCase upload) {
        return samples.stream()
                .filter(sample -> sample.title().equals(upload.title()))
                .map(UploadSample::server)
                .distinct()
                .sorted(UploadTables::sluiceFirst)
                .toList();
    }

    private static int sluiceFirst(String one, String other) {
        return Boolean.compare(isSluice(other), isSluice(one)) != 0
                ? Boolean.compare(isSluice(other), isSluice(one))
                : one.compareTo(other);
    }

    private List<UploadSample> of(UploadCase upload, String server) {
        return all(upload, server).filter(sample -> !sample.isWarmUp()).toList();
    }

    private Stream<UploadSample> all(UploadCase upload, String server) {
        return samples.stream()
                .filter(s -> s.title().equals(upload.title()) && s.server().equals(server));
    }
}
