package io.sluice.master;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A service that only speaks the link's protocol and does what its arguments say; packed alone into
 * a jar, so it uses the JDK only. {@code --sluice.fake.ROLE=}: {@code fail} reports a failed start,
 * {@code crash} ends before it is ready, {@code deaf} doesn't end on SIGTERM.
 */
public final class FakeService {
    private final String role = System.getProperty("sluice.process", "?");
    private final List<String> arguments;

    private FakeService(String... arguments) {
        this.arguments = List.of(arguments);
    }

    /** Runs until killed, or until the master is gone. */
    public static void main(String[] args) throws IOException, InterruptedException {
        new FakeService(args).run();
    }

    private void run() throws IOException, InterruptedException {
        if (arguments.stream().anyMatch(argument -> argument.startsWith("--sluice.check"))) {
            check();
            return;
        }
        System.out.println(role + " arguments " + arguments);
        System.out.println(role + " variables " + System.getenv().keySet());
        try (SocketChannel master =
                SocketChannel.open(UnixDomainSocketAddress.of(System.getenv("SLUICE_MASTER")))) {
            send(master, "{'notify':'starting','role':'%s','pid':%d}".formatted(role, pid()));
            switch (behaviour()) {
                case "fail" -> {
                    send(master, "{'notify':'failed','message':'sluice.fake = fail: as told'}");
                    System.exit(1);
                }
                case "crash" -> {
                    System.out.println("out of luck");
                    System.exit(3);
                }
                case "deaf" -> ignoreTermination();
                default -> {
                    // A service without faults.
                }
            }
            send(
                    master,
                    "{'notify':'ready','ports':{'http':%d},'knows':['sluice.fake','sluice.edge','sluice.processor','sluice.cache-manager']}"
                            .formatted(1000 + role.length()));
            int end = master.read(ByteBuffer.allocate(1));
            System.out.println(role + " saw the master's end: " + end);
        }
    }

    private void check() {
        System.out.println("knows sluice.fake");
        if (behaviour().equals("fail")) {
            System.out.println("sluice.fake." + role + " = fail: as told");
            System.exit(1);
        }
    }

    private String behaviour() {
        return arguments.stream()
                .filter(argument -> argument.startsWith("--sluice.fake." + role + "="))
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .findFirst()
                .orElse("");
    }

    private static void ignoreTermination() {
        Thread waits =
                new Thread(() -> {
                    try {
                        Thread.currentThread().join();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        Runtime.getRuntime().addShutdownHook(waits);
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static void send(SocketChannel master, String message) throws IOException {
        String line = message.replace('\'', '"') + "\n";
        master.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    }
}
