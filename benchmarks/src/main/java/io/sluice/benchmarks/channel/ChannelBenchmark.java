package io.sluice.benchmarks.channel;

import io.sluice.benchmarks.peer.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests and replies of 300 bytes between two processes on one core: our transports with all that
 * the channel promises, the peers, and what a program in C reaches that promises nothing.
 */
public final class ChannelBenchmark {
    /** What can be measured, in the order of the table. */
    public static final List<String> NAMES =
            List.of(
                    "c-unix", "c-tcp", "unix", "tcp", "tls", "pipe", "shm", "rsocket", "grpc",
                    "amqp", "broker");

    private static final int LEAST_ROUNDS = 5;
    private static final double SECONDS = 1;

    private final Workplace place;
    private final int rounds;
    private final List<String> only;
    private @Nullable String uri; // of the broker, once it runs
    private final Map<String, List<Round>> results = new LinkedHashMap<>();

    /**
     * Measures in a workplace, at least five rounds.
     *
     * @param only those of the {@link #NAMES}, or all if it is empty
     * @throws IllegalArgumentException if one of them is none
     */
    public ChannelBenchmark(Workplace place, int rounds, List<String> only) {
        this.only = only;
        if (!NAMES.containsAll(only)) {
            throw new IllegalArgumentException("--only " + only + ": the contenders are " + NAMES);
        }
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
     * Starts and warms up every contender, then measures each once in a round, so that a
     * disturbance hits them all. Those whose turn it isn't are at rest.
     *
     * @return the rounds of each, by its name
     */
    public Map<String, List<Round>> run() throws IOException, InterruptedException {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        for (Contender contender : contenders()) {
            Pair pair = Pair.start(place, contender);
            pairs.put(contender.name(), pair);
            System.err.printf("%s: warm after %d messages%n", contender.name(), pair.warmUp());
        }
        for (int round = 1; round <= rounds; round++) {
            for (Map.Entry<String, Pair> pair : pairs.entrySet()) {
                results.computeIfAbsent(pair.getKey(), _ -> new ArrayList<>())
                        .add(round(pair.getValue()));
            }
            System.err.printf("round %d of %d%n", round, rounds);
        }
        for (Pair pair : pairs.values()) {
            pair.close();
        }
        return results;
    }

    private static Round round(Pair pair) throws IOException, InterruptedException {
        return new Round(
                pair.play(1, SECONDS),
                pair.play(64, SECONDS),
                pair.play(256, SECONDS),
                pair.rest());
    }

    private List<Contender> contenders() throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        for (String name : NAMES) {
            if (only.isEmpty() || only.contains(name)) {
                Contender contender = contender(name);
                if (contender != null) {
                    contenders.add(contender);
                }
            }
        }
        return contenders;
    }

    /**
     * The contender of that name, or null, with the reason on standard error, if it can't run here.
     */
    private @Nullable Contender contender(String name) throws IOException, InterruptedException {
        return switch (name) {
            case "c-unix", "c-tcp" -> {
                Path program = place.directory().resolve("pingpong");
                if (Files.exists(program) || compile(program)) {
                    yield new Contender.Reference(name.substring(2), program);
                }
                System.err.println("no C compiler (cc): " + name + " is left out");
                yield null;
            }
            case "tls" ->
                    Certificate.make(place.directory().resolve("tls"))
                            ? new Contender.Java("tcp with TLS", name)
                            : null;
            case "amqp", "broker" -> overBroker(name);
            case "rsocket" -> new Contender.Java("RSocket-Java, unix", name);
            case "grpc" -> new Contender.Java("gRPC-Java stream, unix", name);
            default -> new Contender.Java(name, name);
        };
    }

    private @Nullable Contender overBroker(String name) throws IOException, InterruptedException {
        if (uri == null) {
            uri = RabbitMq.start(place);
        }
        if (uri == null) {
            return null;
        }
        RabbitMq.announce(place.directory().resolve(name), uri);
        return new Contender.Java(name.equals("amqp") ? name : "RabbitMQ alone", name);
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
