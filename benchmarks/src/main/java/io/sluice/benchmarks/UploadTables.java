package io.sluice.benchmarks;

import static io.sluice.benchmarks.Table.figure;

import io.sluice.benchmarks.measure.Median;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The samples as tables of medians, beside the goals. */
final class UploadTables {
    static final String DURABLE = "Sluice";
    static final String NOT_DURABLE = "Sluice, durability=none";
    private static final String DEFAULT_NGINX = "nginx 16k";
    private static final String BEST_NGINX = "nginx 1m";
    private static final double MOST_CPU = 2;
    private static final double MOST_GROWTH = 64;

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
        for (UploadCase upload : List.of(UploadCase.ONE_LARGE, UploadCase.PARALLEL)) {
            printLarge(upload);
        }
        printSmall();
        System.out.printf(
                "SHA-256 alone, in the same kind of JVM: %s CPU s/GiB%n%n", figure(digest, 2));
        printGoals();
    }

    private void printLarge(UploadCase upload) {
        Table table =
                new Table(
                        upload.title(),
                        "MiB/s",
                        "CPU s/GiB: front",
                        "all",
                        "first",
                        "front / nginx 16k",
                        "all / nginx 16k",
                        "all / nginx 1m",
                        "front's peak MiB",
                        "growth MiB");
        for (String server : servers()) {
            List<UploadSample> own = of(upload, server);
            table.add(
                    server,
                    figure(Median.of(own, UploadSample::mebibytesPerSecond), 0),
                    figure(Median.of(own, s -> s.perGibibyte(s.frontCpu())), 2),
                    figure(Median.of(own, s -> s.perGibibyte(s.allCpu())), 2),
                    figure(most(upload, server, UploadTables::first), 2),
                    ratio(upload, server, DEFAULT_NGINX, s -> s.perGibibyte(s.frontCpu())),
                    ratio(upload, server, DEFAULT_NGINX, s -> s.perGibibyte(s.allCpu())),
                    ratio(upload, server, BEST_NGINX, s -> s.perGibibyte(s.allCpu())),
                    figure(most(upload, server, UploadSample::peak), 0),
                    figure(most(upload, server, UploadSample::growth), 0));
        }
        System.out.println(table + "\n");
    }

    private void printSmall() {
        UploadCase upload = UploadCase.SMALL;
        Table table =
                new Table(
                        upload.title(),
                        "uploads/s",
                        "p50 ms",
                        "p99 ms",
                        "CPU us/upload: front",
                        "all",
                        "all / nginx 16k",
                        "front's peak MiB",
                        "failed");
        for (String server : servers()) {
            List<UploadSample> own = of(upload, server);
            table.add(
                    server,
                    figure(Median.of(own, UploadSample::requestsPerSecond), 0),
                    figure(Median.of(own, s -> s.result().p50()), 1),
                    figure(Median.of(own, s -> s.result().p99()), 1),
                    figure(Median.of(own, s -> s.perRequest(s.frontCpu())), 0),
                    figure(Median.of(own, s -> s.perRequest(s.allCpu())), 0),
                    ratio(upload, server, DEFAULT_NGINX, s -> s.perRequest(s.allCpu())),
                    figure(most(upload, server, UploadSample::peak), 0),
                    Integer.toString(own.stream().mapToInt(s -> s.result().failed()).sum()));
        }
        System.out.println(table + "\n");
    }

    private void printGoals() {
        if (servers().contains(DEFAULT_NGINX)) {
            for (UploadCase upload : List.of(UploadCase.ONE_LARGE, UploadCase.PARALLEL)) {
                printCpuGoal("edge", upload, s -> s.perGibibyte(s.frontCpu()));
                printCpuGoal("edge and processing", upload, s -> s.perGibibyte(s.allCpu()));
            }
        }
        double growth =
                Math.max(
                        most(UploadCase.ONE_LARGE, DURABLE, UploadSample::growth),
                        most(UploadCase.ONE_LARGE, NOT_DURABLE, UploadSample::growth));
        Goal.print("the edge's growth during 1 GiB", growth, MOST_GROWTH, "MiB");
    }

    private String ratio(
            UploadCase upload, String server, String peer, ToDoubleFunction<UploadSample> cost) {
        List<UploadSample> of = of(upload, peer);
        return of.isEmpty()
                ? "-"
                : figure(Median.of(of(upload, server), cost) / Median.of(of, cost), 2);
    }

    private void printCpuGoal(String part, UploadCase upload, ToDoubleFunction<UploadSample> cost) {
        Goal.print(
                "%s, CPU against nginx 16k, %s".formatted(part, upload.title()),
                Median.of(of(upload, NOT_DURABLE), cost)
                        / Median.of(of(upload, DEFAULT_NGINX), cost),
                MOST_CPU,
                "times");
    }

    /** What it costs all processes while a JVM that has just started compiles. */
    private static double first(UploadSample sample) {
        return sample.isWarmUp() ? sample.perGibibyte(sample.allCpu()) : 0;
    }

    /** The highest figure of all rounds, the warm-up's too. */
    private double most(UploadCase upload, String server, ToDoubleFunction<UploadSample> figure) {
        return all(upload, server).mapToDouble(figure).max().orElse(0);
    }

    private List<String> servers() {
        return samples.stream().map(UploadSample::server).distinct().sorted().toList();
    }

    /** The rounds that count. */
    private List<UploadSample> of(UploadCase upload, String server) {
        return all(upload, server).filter(sample -> !sample.isWarmUp()).toList();
    }

    private Stream<UploadSample> all(UploadCase upload, String server) {
        return samples.stream()
                .filter(s -> s.title().equals(upload.title()) && s.server().equals(server));
    }
}
