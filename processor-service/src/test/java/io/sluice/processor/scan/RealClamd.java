package io.sluice.processor.scan;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Debian's clamd on a socket of its own, with signatures written by hand. Where it isn't installed
 * the test is skipped, but fails in CI, where nothing may be skipped.
 */
final class RealClamd {
    private static final Path BINARY = Path.of("/usr/sbin/clamd");

    private final Path socket;
    private final Path log;
    private final List<String> command;
    private Process process;

    private RealClamd(Path directory, List<String> command) throws IOException {
        this.socket = directory.resolve("clamd.ctl");
        this.log = directory.resolve("clamd.log");
        this.command = command;
        this.process = launch();
    }

    static void require() {
        if (!Files.isExecutable(BINARY)) {
            if ("true".equals(System.getenv("CI"))) {
                fail("clamd is not installed: apt-get install clamav-daemon");
            }
            abort("clamd is not installed: apt-get install clamav-daemon");
        }
    }

    /** Starts it in a directory, with more lines for its configuration. */
    static RealClamd start(Path directory, String... configuration) throws Exception {
        require();
        String eicar = HexFormat.of().formatHex(Eicar.bytes());
        byte[] md5 = MessageDigest.getInstance("MD5").digest(ScannerContract.MARKED);
        Path database = Files.createDirectory(directory.resolve("database"));
        Files.writeString(database.resolve("test.ndb"), Eicar.SIGNATURE + ":0:0:" + eicar + "\n");
        Files.writeString(
                database.resolve("test.hdb"),
                "%s:%d:%s\n"
                        .formatted(
                                HexFormat.of().formatHex(md5),
                                ScannerContract.MARKED.length,
                                ScannerContract.MARKER));
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "Foreground yes",
                                "DatabaseDirectory " + database,
                                "LocalSocket " + directory.resolve("clamd.ctl"),
                                "TemporaryDirectory " + directory,
                                "FixStaleSocket yes"));
        lines.addAll(List.of(configuration));
        Path file = directory.resolve("clamd.conf");
        Files.write(file, lines);
        return new RealClamd(directory, List.of(BINARY.toString(), "-c", file.toString()));
    }

    private Process launch() throws IOException {
        Process started =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> !started.isAlive())
                .until(this::isListening);
        return started;
    }

    private boolean isListening() {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Path socket() {
        return socket;
    }

    /** Stops it from doing anything while its socket still takes connections. */
    void freeze() throws Exception {
        signal("STOP");
    }

    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        int exit =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + ": " + exit);
        }
    }

    /** Ends it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    void restart() throws IOException {
        process = launch();
    }
}
