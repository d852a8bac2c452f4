package io.sluice.benchmarks;

import static io.sluice.benchmarks.Table.figure;

import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.measure.Median;
import io.sluice.benchmarks.measure.Processes;
import io.sluice.benchmarks.peer.Sluice;
import io.sluice.benchmarks.peer.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same upload by the same client, curl, in HTTP/1.1 and in HTTP/2, one after the other. */
final class Http2Benchmark {
    private static final long SIZE = 512L << 20;
    private static final double MOST_OF_HTTP_1 = 1.25;
    private static final List<String> PROTOCOLS = List.of("--http1.1", "--http2-prior-knowledge");

    private final Options options;
    private final List<Upload> uploads = new ArrayList<>();

    Http2Benchmark(Options options) {
        this.options = options;
    }

    /**
     * One upload.
     *
     * @param protocol as curl names it
     * @param seconds as curl measures them
     * @param cpu seconds of the edge
     */
    record Upload(String protocol, double seconds, double cpu) {}

    void run() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Report.printHead(options.command("http2"), machine);
        try (Workplace place = new Workplace(Options.target(), "http2")) {
            Path content = place.directory().resolve("content");
            RandomFile.write(content, SIZE);
            Sluice sluice =
                    Sluice.start(
                            place,
                            Options.home(),
                            "sluice",
                            place.directory().resolve("data"),
                            "sluice.edge.http2.cleartext=true",
                            "sluice.durability=none");
            for (int round = 0; round <= options.rounds(); round++) {
                for (String protocol : PROTOCOLS) {
                    Upload upload = upload(sluice, content, protocol);
                    // The first round only warms up.
                    if (round > 0) {
                        uploads.add(upload);
                    }
                }
            }
            place.stop(sluice.process());
        }
        print();
        new Report("http2", options.command("http2"), machine, uploads).write();
    }

    private static Upload upload(Sluice sluice, Path content, String protocol)
            throws IOException, InterruptedException {
        double before = Processes.cpuSeconds(sluice.front());
        Process curl =
                new ProcessBuilder(
                                "curl",
                                "--silent",
                                "--show-error",
                                "--fail",
                                protocol,
                                "--request",
                                "POST",
                                "--header",
                                "Authorization: " + sluice.authorization(),
                                "--upload-file",
                                content.toString(),
                                "--output",
                                "/dev/null",
                                "--write-out",
                                "%{time_total}",
                                sluice.uploads().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String seconds =
                new String(curl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (curl.waitFor() != 0) {
            throw new IOException("curl " + protocol + " ended with " + curl.exitValue());
        }
        double cpu = Processes.cpuSeconds(sluice.front()) - before;
        sluice.settle();
        return new Upload(protocol, Double.parseDouble(seconds), cpu);
    }

    private void print() {
        Table table = new Table("512 MiB by curl", "seconds", "CPU s of the edge per GiB");
        for (String protocol : PROTOCOLS) {
            table.add(
                    protocol,
                    figure(Median.of(of(protocol), Upload::seconds), 2),
                    figure(Median.of(of(protocol), Upload::cpu) * (1L << 30) / SIZE, 2));
        }
        System.out.println(table + "\n");
        Goal.print(
                "HTTP/2 beside HTTP/1.1",
                Median.of(of(PROTOCOLS.getLast()), Upload::seconds)
                        / Median.of(of(PROTOCOLS.getFirst()), Upload::seconds),
                MOST_OF_HTTP_1,
                "times the seconds");
    }

    private List<Upload> of(String protocol) {
        return uploads.stream().filter(upload -> upload.protocol().equals(protocol)).toList();
    }
}
