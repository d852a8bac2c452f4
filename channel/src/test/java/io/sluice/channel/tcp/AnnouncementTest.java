package io.sluice.channel.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the ends on one host, or on several, find each other. */
@Timeout(60)
class AnnouncementTest {
    @TempDir Path root;
    private Path run;
    private TcpEnds ends;

    @BeforeEach
    void open() {
        run = root.resolve("run");
        ends = TcpEnds.plain(run, Pings.patient());
    }

    @AfterEach
    void close() throws IOException {
        ends.close();
    }

    private static JobReceiver started(TcpEnds where, String name) {
        JobReceiver receiver = where.receiver(name, 1);
        receiver.start(job -> job.complete(Jobs.clean()));
        return receiver;
    }

    /** As a kill leaves it: nobody holds its lock any more. */
    private void leaveStale(String name, String address) throws IOException {
        Files.createDirectories(run);
        Files.writeString(ends.entry(name), address + "\n");
    }

    @Nested
    class TheFile {
        @Test
        void namesAPortOfTheLoopbackForItsOwnerAndGroup() throws Exception {
            started(ends, "0");
            assertThat(Files.readString(ends.entry("0"))).matches("127\\.0\\.0\\.1:[1-9]\\d*\n");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(ends.entry("0"))))
                    .isEqualTo("rw-r-----");
        }

        @Test
        void goesWithItsProcessor() throws Exception {
            started(ends, "0").close();
            assertThat(run).isEmptyDirectory();
        }

        @Test
        void thatAKilledProcessorLeftIsNoAddress() throws Exception {
            leaveStale("0", "127.0.0.1:1");
            assertThat(Announcement.read(ends.entry("0"))).isEmpty();
        }

        @Test
        void thatAKilledProcessorLeftIsReplaced() throws Exception {
            leaveStale("0", "127.0.0.1:1");
            Dispatcher dispatcher = ends.dispatcher();
            started(ends, "0");
            Waiting.until(() -> dispatcher.credit() == 1);
        }

        @Test
        void ofARunningProcessorIsNot() throws Exception {
            started(ends, "0");
            assertThatThrownBy(() -> started(ends, "0"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("processor-0.tcp")
                    .hasMessageContaining("give this one another name");

            Dispatcher dispatcher = ends.dispatcher();
            Waiting.until(() -> dispatcher.credit() == 1);
        }

        @Test
        void ofASuccessorIsLeftAlone() throws Exception {
            JobReceiver first = started(ends, "0");
            Files.delete(ends.entry("0"));
            started(ends, "0");
            first.close();
            assertThat(ends.entry("0")).exists();
        }

        @Test
        void thatHoldsNonsenseIsNoAddress() throws Exception {
            Files.createDirectories(run);
            Announcement broken = new Announcement(ends.entry("0"), run.resolve("new"));
            broken.claim();
            broken.publish("; rm -rf /");
            assertThat(Announcement.read(ends.entry("0"))).isEmpty();
            broken.remove();
        }

        @Test
        void isNeverALink() throws Exception {
            started(ends, "0");
            Files.createSymbolicLink(ends.entry("link"), ends.entry("0"));
            assertThatThrownBy(() -> Announcement.read(ends.entry("link")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Nested
    class AnEdge {
        @Test
        void findsAllProcessorsOfItsHost() {
            Dispatcher dispatcher = ends.dispatcher();
            started(ends, "0");
            started(ends, "1");
            started(ends, "2");
            Waiting.until(() -> dispatcher.processors() == 3);
        }

        @Test
        void findsThoseThatAreConfiguredInstead() throws Exception {
            started(ends, "0");
            started(ends, "1");
            InetSocketAddress one = ends.address("1");
            try (TcpEnds elsewhere =
                    TcpEnds.plain(
                            root.resolve("elsewhere"),
                            Pings.patient(),
                            Map.of("tcp.processors", "localhost:" + one.getPort()))) {
                Dispatcher dispatcher = elsewhere.dispatcher();
                Waiting.until(() -> dispatcher.credit() == 1);
                assertThat(dispatcher.processors()).isEqualTo(1);
            }
        }
    }

    @Nested
    class AProcessor {
        @Test
        void saysWhichAddressItCannotHave() throws Exception {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    TcpEnds there =
                            TcpEnds.plain(
                                    run,
                                    Pings.patient(),
                                    Map.of("tcp.listen", "127.0.0.1:" + taken.getLocalPort()))) {
                assertThatThrownBy(() -> started(there, "0"))
                        .hasMessageContaining("sluice.channel.tcp.listen = 127.0.0.1:")
                        .hasMessageContaining("can't listen there");
            }
            assertThat(run).isEmptyDirectory();
        }

        @Test
        void thatListensEverywhereIsFoundOverTheLoopback() {
            assertThat(TcpProcessorTransport.reachable(InetAddress.ofLiteral("0.0.0.0")))
                    .isEqualTo(InetAddress.getLoopbackAddress());
            assertThat(TcpProcessorTransport.reachable(InetAddress.ofLiteral("10.0.0.7")))
                    .isEqualTo(InetAddress.ofLiteral("10.0.0.7"));
        }
    }

    @Nested
    class PlainText {
        @Test
        void isWarnedOfAtEachStartOfEachEnd() {
            try (LogLines log = new LogLines(TcpSecurity.PlainText.class)) {
                ends.dispatcher();
                started(ends, "0");
                assertThat(log.lines())
                        .hasSize(2)
                        .allMatch(line -> line.startsWith("WARN sluice.channel.tcp.insecure"));
            }
        }
    }
}
