package io.sluice.benchmarks.channel;

import io.sluice.benchmarks.peer.Workplace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Something that carries messages between two processes. */
sealed interface Contender {

    /** As it stands in the table. */
    String name();

    /** The command that answers. */
    List<String> responder(Workplace place) throws IOException;

    /** The command that asks, once the other is ready. */
    List<String> requester(Workplace place) throws IOException;

    /** Both processes share one core: no wake-up of another one disturbs the figures. */
    private static List<String> pinned(List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
        pinned.addAll(command);
        return pinned;
    }

    /**
     * A carrier of Java messages, with the flags of an edge.
     *
     * @param carrier as {@link Carrier#of} knows it
     */
    record Java(String name, String carrier) implements Contender {
        @Override
        public List<String> responder(Workplace place) throws IOException {
            return command(Responder.class, place);
        }

        @Override
        public List<String> requester(Workplace place) throws IOException {
            return command(Requester.class, place);
        }

        private List<String> command(Class<?> program, Workplace place) throws IOException {
            Path directory = Files.createDirectories(place.directory().resolve(carrier));
            return pinned(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:+UseSerialGC",
                            "-XX:+UseCompactObjectHeaders",
                            "-Xmx256m",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("java.class.path"),
                            program.getName(),
                            carrier,
                            directory.toString()));
        }
    }

    /** The program in C that does nothing but write and read. */
    final class Reference implements Contender {
        private final String kind;
        private final Path program;
        private String where = "";

        Reference(String kind, Path program) {
            this.kind = kind;
            this.program = program;
        }

        @Override
        public String name() {
            return "C, " + kind;
        }

        @Override
        public List<String> responder(Workplace place) throws IOException {
            where =
                    kind.equals("tcp")
                            ? Integer.toString(freePort())
                            : place.directory().resolve("c.sock").toString();
            Files.deleteIfExists(place.directory().resolve("c.sock"));
            return pinned(List.of(program.toString(), "serve", kind, where));
        }

        @Override
        public List<String> requester(Workplace place) {
            return pinned(List.of(program.toString(), "ask", kind, where));
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }
}
