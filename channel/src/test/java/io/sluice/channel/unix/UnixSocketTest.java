package io.sluice.channel.unix;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Stranger;
import io.sluice.channel.contract.Waiting;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is special to sockets that are files: their modes, their owners, and what a kill leaves. */
@Timeout(60)
class UnixSocketTest {
    private static final int NOBODY = 65534;

    @TempDir Path root;
    private Path run;
    private UnixEnds ends;

    @BeforeEach
    void open() {
        run = root.resolve("data/run");
        ends = new UnixEnds(run, Pings.patient());
    }

    @AfterEach
    void close() throws IOException {
        ends.close();
    }

    private JobReceiver started(UnixEnds where, String name) {
        JobReceiver receiver = where.receiver(name, 1);
        receiver.start(job -> job.complete(Jobs.clean()));
        return receiver;
    }

    private void leaveStaleSocket(String name) throws IOException {
        Files.createDirectories(run);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(ends.socket(name)));
        }
        assertThat(ends.socket(name)).exists();
    }

    @Nested
    class TheFile {
        @Test
        void isForItsOwnerAndGroupInADirectoryForTheOwnerOnly() throws Exception {
            started(ends, "0");
            assertThat(mode(ends.socket("0"))).isEqualTo("rw-rw----");
            assertThat(mode(run)).isEqualTo("rwx------");
            assertThat(mode(root.resolve("data"))).isEqualTo("rwx------");
        }

        private String mode(Path file) throws IOException {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        }

        @Test
        void goesWithItsProcessor() throws Exception {
            started(ends, "0").close();
            assertThat(run).isEmptyDirectory();
        }

        @Test
        void thatAKilledProcessorLeftIsReplaced() throws Exception {
            leaveStaleSocket("0");
            Dispatcher dispatcher = ends.dispatcher();
            started(ends, "0");
            Waiting.until(() -> dispatcher.credit() == 1);
        }

        @Test
        void ofARunningProcessorIsNot() throws Exception {
            started(ends, "0");
            assertThatThrownBy(() -> started(ends, "0"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("processor-0.sock")
                    .hasMessageContaining("give this one another name");

            Dispatcher dispatcher = ends.dispatcher();
            Waiting.until(() -> dispatcher.credit() == 1);
        }

        @Test
        void ofASuccessorIsLeftAlone() throws Exception {
            JobReceiver first = started(ends, "0");
            Files.delete(ends.socket("0"));
            started(ends, "0");
            first.close();
            assertThat(ends.socket("0")).exists();
        }

        @Test
        void thatIsNoSocketIsNotReplaced() throws Exception {
            Files.createDirectories(run);
            Files.writeString(ends.socket("0"), "precious");
            assertThatThrownBy(() -> started(ends, "0")).hasMessageContaining("is no socket");
            assertThat(ends.socket("0")).hasContent("precious");
        }

        @Test
        void neverStandsInADirectoryThatOthersMayWriteTo() throws Exception {
            Files.createDirectories(run);
            Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));
            assertThatThrownBy(() -> started(ends, "0")).hasMessageContaining("chmod 0700");
            assertThatThrownBy(() -> ends.dispatcher()).hasMessageContaining("chmod 0700");
        }

        @Test
        void needsAPathThatTheKernelTakes() {
            UnixEnds deep = new UnixEnds(root.resolve("d".repeat(100)), Pings.patient());
            assertThatThrownBy(() -> started(deep, "0"))
                    .hasMessageContaining("sluice.channel.unix.directory")
                    .hasMessageContaining("107 bytes");
        }

        @Test
        void isFoundWhenItComesLaterOrAgain() throws Exception {
            Dispatcher dispatcher = ends.dispatcher();
            started(ends, "late").close();
            started(ends, "later");
            Waiting.until(() -> dispatcher.credit() == 1);
        }
    }

    @Nested
    class AStranger {
        @Test
        void isRefusedByTheProcessorBeforeAFrameIsRead() throws Exception {
            UnixEnds strict = new UnixEnds(run, Pings.patient(), NOBODY);
            started(strict, "0");
            RawPeer stranger = strict.rawEdge("0");
            assertThat(stranger.read()).isNull();
            assertThat(refused(strict)).isEqualTo(1);
            strict.close();
        }

        @Test
        void isRefusedByTheEdgeBeforeAFrameIsRead() throws Exception {
            UnixEnds strict = new UnixEnds(run, Pings.patient(), NOBODY);
            Dispatcher dispatcher = strict.dispatcher();
            started(ends, "0");
            Waiting.until(() -> refused(strict) > 0);
            assertThat(dispatcher.processors()).isZero();
            strict.close();
        }

        @Test
        void ofAnotherUserHearsNothingEvenWhereModesLetItIn() throws Exception {
            started(ends, "0");
            openToAll();
            Process stranger = strangerProcess();

            assertThat(stranger.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(stranger.getInputStream().readAllBytes(), US_ASCII))
                    .isEqualTo("refused after 0 bytes");
            assertThat(refused(ends)).isEqualTo(1);
        }

        private double refused(UnixEnds where) {
            return where
                    .meters()
                    .find("sluice.channel.peers.refused")
                    .tags("transport", "unix", "reason", "uid")
                    .counters()
                    .stream()
                    .mapToDouble(Counter::count)
                    .sum();
        }

        private void openToAll() throws IOException {
            for (Path directory : Set.of(root, root.resolve("data"), run)) {
                Files.setPosixFilePermissions(
                        directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.setPosixFilePermissions(ends.socket("0"), Set.of(PosixFilePermission.values()));
        }

        /** Runs {@link Stranger} as another user, for which the tests must be root. */
        private Process strangerProcess() throws IOException {
            Path classes = root.resolve("classes");
            Path file = classes.resolve(Stranger.class.getName().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            try (var bytes = Stranger.class.getResourceAsStream("Stranger.class")) {
                Files.copy(Objects.requireNonNull(bytes), file);
            }
            return new ProcessBuilder(
                            "setpriv",
                            "--reuid=" + NOBODY,
                            "--regid=" + NOBODY,
                            "--clear-groups",
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-cp",
                            classes.toString(),
                            Stranger.class.getName(),
                            ends.socket("0").toString())
                    .redirectErrorStream(true)
                    .start();
        }
    }

    @Test
    void itsProcessorNeedsANameThatIsOne() {
        assertThatThrownBy(() -> ends.receiver("../0", 1))
                .hasMessageContaining("letters, digits, _ or -");
        assertThatThrownBy(() -> ends.receiver("0", 0)).hasMessageContaining("1 to 4096");
    }
}
