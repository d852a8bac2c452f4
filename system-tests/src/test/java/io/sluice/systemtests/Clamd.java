package io.sluice.systemtests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;

/** A real clamd with a signature base of two lines, on a Unix socket of its own. */
final class Clamd implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/sbin/clamd");

    /** What only clamd knows. */
    static final String MARKER = "SLUICE-SYSTEM-TEST-MARKER-7d1f";

    private final Path directory;
    private final Process process;

    private Clamd(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** Where the clamd of that directory listens. */
    static Path socket(Path directory) {
        return directory.resolve("clamd.sock");
    }

    /** Starts one in a directory, and returns when it answers. */
    static Clamd start(Path directory) throws IOException {
        Path database = Files.createDirectories(directory.resolve("database"));
        Files.writeString(
                database.resolve("test.ndb"),
                "Eicar-Test-Signature:0:0:%s\nSluice.Test.Marker:0:*:%s\n"
                        .formatted(
                                hex(TestFile.eicar()),
                                hex(MARKER.getBytes(StandardCharsets.US_ASCII))));
        Path configuration = directory.resolve("clamd.conf");
        Files.writeString(
                configuration,
                """
                Foreground yes
                LocalSocket %s
                DatabaseDirectory %s
                AlertExceedsMax yes
                FixStaleSocket yes
                ConcurrentDatabaseReload no
                User %s
                """
                        .formatted(socket(directory), database, System.getProperty("user.name")));
        Process process =
                new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("clamd.log").toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Clamd clamd = new Clamd(directory, process);
        await().atMost(Duration.ofSeconds(30)).until(clamd::answers);
        return clamd;
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(Files.readString(directory.resolve("clamd.log")));
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket(directory)));
            channel.write(ByteBuffer.wrap("zPING\0".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(4);
            return channel.read(answer) > 0;
        } catch (IOException e) {
            // Not there yet.
            return false;
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        process.destroy();
        await().until(() -> !process.isAlive());
    }
}
