package io.sluice.benchmarks.channel;

import io.sluice.benchmarks.peer.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests and replies of 300 bytes between two processes on one core: our transports with all that
 * the channel promises, the peers, and what a program in C reaches that promises nothing.
 */
public final class ChannelBenchmark {
    private static final int LEAST_ROUNDS = 5;
    private static final double SECONDS = 1.5;
    private static final double WARM_UP_SECONDS = 4;

    private final Workplace place;
    private final int rounds;
    private final Map<String, List<Round>> results = new LinkedHashMap<>();

    /** Measures in a workplace, at least five rounds. */
    public ChannelBenchmark(Workplace place, int rounds) {
        this.place = place;
        this.rounds = Math.max(LEAST_ROUNDS, rounds);
    }

    /**
     * One round of one contender.
     *
     * @param rest share of a core at rest, in percent
     */
    public record Round(Sample one, Sample some, Sample many, double rest) {}

    /**
     * Measures every contender once in each round, so that a disturbance hits them all.
     *
     * @return the rounds of each, by its name
     */
    public Map<String, List<Round>> run() throws IOException, InterruptedException {
        List<Contender> contenders = contenders();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                results.computeIfAbsent(contender.name(), _ -> new ArrayList<>())
                        .add(round(contender));
            }
            System.err.printf("round %d of %d%n", round, rounds);
        }
        return results;
    }

    private Round round(Contender contender) throws IOException, InterruptedException {
        try (Pair pair = Pair.start(place, contender)) {
            pair.play(64, WARM_UP_SECONDS);
            return new Round(
                    pair.play(1, SECONDS),
                    pair.play(64, SECONDS),
                    pair.play(256, SECONDS),
                    pair.rest());
        }
    }

    private List<Contender> contenders() throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        Path program = place.directory().resolve("pingpong");
        if (compile(program)) {
            contenders.add(new Contender.Reference("unix", program));
            contenders.add(new Contender.Reference("tcp", program));
        } else {
            System.err.println("no C compiler (cc): the references are left out");
        }
        for (String transport : List.of("unix", "tcp", "pipe", "shm")) {
            contenders.add(new Contender.Java(transport, transport));
        }
        if (Certificate.make(place.directory().resolve("tls"))) {
            contenders.add(new Contender.Java("tcp with TLS", "tls"));
        }
        if (System.getenv(SluiceCarrier.BROKER) == null) {
            System.err.println(SluiceCarrier.BROKER + " names no broker: amqp is left out");
        } else {
            contenders.add(new Contender.Java("amqp", "amqp"));
        }
        contenders.add(new Contender.Java("RSocket-Java, unix", "rsocket"));
        contenders.add(new Contender.Java("gRPC-Java stream, unix", "grpc"));
        return contenders;
    }

    private static boolean compile(Path program) throws InterruptedException {
        Path source =
                Path.of(System.getProperty("sluice.home", "."))
                        .resolve("benchmarks/src/main/c/pingpong.c");
        try {
            return new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString())
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return false;
        }
    }
}
