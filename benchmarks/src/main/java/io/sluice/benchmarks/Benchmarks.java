package io.sluice.benchmarks;

import io.sluice.benchmarks.channel.ChannelBenchmark;
import java.io.IOException;
import java.util.List;

/** The program behind {@code ./sluice bench}: without a name, all benchmarks one after another. */
public final class Benchmarks {
    private static final List<String> NAMES = List.of("upload", "startup", "channel", "http2");
    private static final String USAGE =
            """
            ./sluice bench [NAME…] [--only NAME,…] [--rounds N] [--seconds N]
              upload    1 GiB, 16 x 64 MiB and many files of 16 KiB: raw, by tus, as forms, beside nginx and @tus/server
              startup   seconds to the ready line, memory at rest
              channel   the transports beside C, RSocket and gRPC
              http2     one upload in HTTP/1.1 and in HTTP/2
              --only    contenders of channel, with commas between them: %s
              --rounds  measurements of each kind, %d if not given; startup and channel make at least 5
              --seconds how long files of 16 KiB are sent, %d if not given
            Results: benchmarks/target/results/NAME.json\
            """
                    .formatted(
                            String.join(",", ChannelBenchmark.NAMES),
                            Options.ROUNDS,
                            Options.SECONDS);

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @throws IOException if a server doesn't start, or refuses what it should take
     * @throws InterruptedException never: nobody interrupts the main thread
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            refuse(String.valueOf(e.getMessage()));
            return;
        }
        if (!NAMES.containsAll(options.names())) {
            refuse("no such benchmark: " + options.line());
            return;
        }
        for (String name : options.names().isEmpty() ? NAMES : options.names()) {
            switch (name) {
                case "upload" -> new UploadBenchmark(options).run();
                case "channel" -> ChannelTables.run(options);
                case "http2" -> new Http2Benchmark(options).run();
                case "startup" -> new StartupBenchmark(options).run();
                default -> throw new IllegalStateException(name);
            }
        }
    }

    private static void refuse(String message) {
        System.err.println(message);
        System.err.println(USAGE);
        System.exit(2);
    }
}
