package io.sluice.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.ByteSize;
import io.sluice.processor.TestJobs;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Debian's clamd, whose limits are 2 MiB a file and 4 MiB a stream. */
class ClamdScannerTest extends ScannerContract {
    private static final int MIB = 1 << 20;

    @TempDir static Path directory;
    private static RealClamd clamd;
    private static int port;

    @BeforeAll
    static void startClamd() throws Exception {
        RealClamd.require();
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        clamd =
                RealClamd.start(
                        directory,
                        "TCPSocket " + port,
                        "TCPAddr 127.0.0.1",
                        "MaxFileSize 2M",
                        "MaxScanSize 3M",
                        "StreamMaxLength 4M");
    }

    @AfterAll
    static void stopClamd() throws Exception {
        if (clamd != null) {
            clamd.kill();
        }
    }

    @Override
    Scanner scanner() {
        return scanner("unix:" + clamd.socket(), "100MB");
    }

    private static Scanner scanner(String address, String maxFileSize) {
        return ScanConfiguration.clamd(
                        new ScanProperties.Clamd(
                                ClamdAddress.valueOf(address),
                                Duration.ofSeconds(20),
                                ByteSize.valueOf(maxFileSize)),
                        List.of(),
                        InstantSource.system())
                .orElseThrow();
    }

    private static Scanner overTcp() {
        return scanner("tcp://127.0.0.1:" + port, "100MB");
    }

    @Test
    void namesTheEngineWithItsVersion() throws Exception {
        assertThat(scanner().scan(original(new byte[] {1}), lease))
                .isInstanceOfSatisfying(
                        ScanResult.Clean.class,
                        clean -> assertThat(clean.engine()).matches("clamd \\d+\\.\\d+\\.\\S+"));
    }

    @Test
    void sendsTheBytesOverTcp() throws Exception {
        byte[] photo = Files.readAllBytes(TestJobs.FILES.resolve("camera.jpg"));
        assertThat(overTcp().scan(original(photo), lease)).isInstanceOf(ScanResult.Clean.class);
        assertThat(overTcp().scan(original(MARKED), lease)).isInstanceOf(ScanResult.Infected.class);
    }

    @Test
    void sendsTheBytesWhereClamdMayNotSeeThePath() throws Exception {
        ClamdClient client =
                new ClamdClient(
                        new ClamdAddress.Unix(clamd.socket())::socket, Duration.ofSeconds(20));
        assertThat(client.scanPath(root.resolve("not there"), lease))
                .isInstanceOf(ClamdReply.NoAccess.class);
    }

    @Nested
    class AFileBeyondClamdsLimits {
        @Test
        void isUnscannableThoughClamdSaysOk() throws Exception {
            byte[] large = random(2 * MIB + 1);
            assertThat(scanner().scan(original(large), lease))
                    .isInstanceOfSatisfying(
                            ScanResult.Unscannable.class,
                            result -> assertThat(result.reason()).contains("MaxFileSize"));
        }

        @Test
        void isUnscannableOverAStreamThatClamdCutsOff() throws Exception {
            byte[] large = random(9 * MIB);
            assertThat(overTcp().scan(original(large), lease))
                    .isNotInstanceOf(ScanResult.Clean.class);
        }

        @Test
        void isUnscannableWithoutAskingAboveOurOwn() throws Exception {
            Scanner small = scanner("unix:" + clamd.socket(), "1KB");
            assertThat(small.scan(original(random(1025)), lease))
                    .isInstanceOfSatisfying(
                            ScanResult.Unscannable.class,
                            result ->
                                    assertThat(result.reason())
                                            .contains("sluice.scan.clamd.max-file-size = 1 KiB"));
            assertThat(small.scan(original(random(1024)), lease))
                    .isInstanceOf(ScanResult.Clean.class);
        }

        @Test
        void isCleanRightUpToThem() throws Exception {
            Scanner scanner = scanner();
            assertThat(scanner.scan(original(random(MIB + 1)), lease))
                    .isInstanceOf(ScanResult.Clean.class);
            assertThat(scanner.scan(original(random(2 * MIB - 1)), lease))
                    .isInstanceOf(ScanResult.Clean.class);
        }
    }

    @Nested
    class WhenClamdIsGone {
        @Test
        void nothingIsKnown() throws Exception {
            Scanner nobody = scanner("unix:" + directory.resolve("nobody"), "1MB");
            assertThat(nobody.scan(original(MARKED), lease))
                    .isInstanceOf(ScanResult.Unavailable.class);
        }

        @Test
        void itIsUsedAgainOnceItIsBack() throws Exception {
            Scanner scanner = scanner();
            clamd.kill();
            assertThat(scanner.scan(original(MARKED), lease))
                    .isInstanceOf(ScanResult.Unavailable.class);
            clamd.restart();
            assertThat(scanner.scan(original(MARKED), lease))
                    .isInstanceOf(ScanResult.Infected.class);
        }

        @Test
        void orHangsThereIsAnEndToTheWait() throws Exception {
            ClamdClient impatient =
                    new ClamdClient(
                            new ClamdAddress.Unix(clamd.socket())::socket, Duration.ofMillis(300));
            Scanner scanner =
                    new ClamdScanner(
                            impatient,
                            true,
                            ByteSize.valueOf("1MB"),
                            new LengthProof(impatient, MIB, InstantSource.system()));
            clamd.freeze();
            try {
                assertThat(scanner.scan(original(MARKED), lease))
                        .isEqualTo(new ScanResult.Unavailable("clamd: no answer within PT0.3S"));
            } finally {
                clamd.thaw();
            }
        }
    }

    private static byte[] random(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        assertThat(Eicar.begins(Arrays.copyOf(bytes, Eicar.LENGTH))).isFalse();
        return bytes;
    }
}
