package io.sluice.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.ByteSize;
import io.sluice.processor.Lease;
import io.sluice.processor.LeaseOver;
import io.sluice.processor.TestJobs;
import io.sluice.processor.original.Original;
import io.sluice.processor.original.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever answers at clamd's address, an original is clean only when that is proven. */
@Timeout(30)
class MisbehavingClamdTest {
    @TempDir Path directory;
    private Path socket;
    private Original original;
    private final Lease lease = TestJobs.lease();

    @BeforeEach
    void storeAnOriginal() throws IOException {
        socket = directory.resolve("clamd.ctl");
        TestJobs jobs = new TestJobs(directory.resolve("store"));
        original = new Store(directory.resolve("store")).open(jobs.of("camera.jpg"), lease);
    }

    @AfterEach
    void close() throws IOException {
        lease.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // the connection ends
                "\0",
                "stream: OK", // without its end
                "stream: OK\n\0",
                "stream: OK\0stream: Evil FOUND\0",
                "stream: ok\0",
                "OK\0",
                "/other/path: OK\0",
                "fd[14]: OK\0",
                "1: stream: OK\0",
                "stream: \0",
                "stream:  FOUND\0",
                "stream: Evil\u0007 FOUND\0",
                "stream: Can't allocate memory ERROR\0",
                "stream: Time limit reached ERROR\0",
                "UNKNOWN COMMAND\0",
                "PONG\0",
                "ClamAV 1.4.6\0",
                "\u00ff\u00fe\u0000",
                "HTTP/1.1 200 OK\r\n\r\n"
            })
    void anAnswerThatProvesNothingIsAFailure(String reply) throws IOException {
        try (FakeClamd _ = FakeClamd.saying(socket, reply)) {
            assertThat(scanner(false).scan(original, lease)).isInstanceOf(ScanResult.Failed.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND, Heuristics.Limits.Exceeded.MaxFileSize",
        "stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND, Heuristics.Limits.Exceeded.MaxRecursion",
        "stream: Heuristics.Encrypted.Zip FOUND, Heuristics.Encrypted.Zip",
        "INSTREAM size limit exceeded. ERROR, StreamMaxLength"
    })
    void aLimitIsNoMalware(String reply, String what) throws IOException {
        try (FakeClamd _ = FakeClamd.saying(socket, reply + '\0')) {
            assertThat(scanner(false).scan(original, lease))
                    .isEqualTo(
                            new ScanResult.Unscannable(
                                    "clamd 1.4.6/27000", "clamd's limit: " + what));
        }
    }

    @Test
    void okIsNotCleanWhenItFindsNotEvenTheTestFile() throws IOException {
        try (FakeClamd _ = FakeClamd.saying(socket, "stream: OK\0")) {
            assertThat(scanner(false).scan(original, lease))
                    .isInstanceOf(ScanResult.Unscannable.class);
        }
    }

    @Test
    void okBeforeAllBytesWereSentIsAFailure() throws IOException {
        try (FakeClamd _ =
                new FakeClamd(
                        socket,
                        (_, client) -> {
                            FakeClamd.send(client, "stream: OK\0");
                            return false;
                        })) {
            byte[] large = new byte[8 << 20];
            TestJobs jobs = new TestJobs(directory.resolve("store"));
            Original much = new Store(directory.resolve("store")).open(jobs.of("x", large), lease);
            assertThat(scanner(false).scan(much, lease))
                    .isEqualTo(
                            new ScanResult.Failed(
                                    "clamd's answer is not known: OK before all bytes were sent"));
        }
    }

    @Test
    void silenceIsAFailureAfterItsTime() throws IOException {
        try (FakeClamd _ = new FakeClamd(socket, (_, _) -> false)) {
            assertThat(scanner(false).scan(original, lease))
                    .isEqualTo(new ScanResult.Failed("clamd: no answer within PT0.5S"));
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws IOException {
        try (FakeClamd _ = FakeClamd.saying(socket, "x".repeat(100_000))) {
            assertThat(scanner(false).scan(original, lease))
                    .isEqualTo(
                            new ScanResult.Failed("clamd: its answer is longer than 16384 bytes"));
        }
    }

    @Test
    void somethingElseThanClamdIsNotThere() throws IOException {
        try (FakeClamd _ = new FakeClamd(socket, (_, _) -> true)) {
            ClamdClient client = client(Duration.ofMillis(500));
            assertThatThrownBy(() -> client.scanPath(Path.of("/x"), lease))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theBytesAreSentWhenThePathIsNotShared() throws IOException {
        try (FakeClamd _ =
                new FakeClamd(
                        socket,
                        (command, client) -> {
                            if (command.startsWith("zSCAN ")) {
                                String path = command.substring("zSCAN ".length());
                                FakeClamd.send(client, path + ": Access denied. ERROR\0");
                            } else {
                                FakeClamd.readStream(client);
                                FakeClamd.send(client, "stream: Evil.Thing FOUND\0");
                            }
                            return true;
                        })) {
            assertThat(scanner(true).scan(original, lease))
                    .isEqualTo(new ScanResult.Infected("clamd 1.4.6/27000", "Evil.Thing"));
        }
    }

    @Test
    void aCancelEndsTheWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeClamd _ =
                new FakeClamd(
                        socket,
                        (_, _) -> {
                            asked.countDown();
                            return false;
                        })) {
            ClamdClient client = client(Duration.ofMinutes(1));
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread.ofPlatform()
                    .start(() -> {
                        try {
                            client.scanPath(original.path().orElseThrow(), lease);
                        } catch (IOException e) {
                            ended.complete(e);
                        }
                    });
            asked.await();
            lease.revoke();
            assertThat(ended.get()).isInstanceOf(LeaseOver.class);
        }
    }

    private Scanner scanner(boolean sharesPaths) {
        ClamdClient client = client(Duration.ofMillis(500));
        return new ClamdScanner(
                client,
                sharesPaths,
                ByteSize.valueOf("100MB"),
                new LengthProof(client, 100 << 20, InstantSource.system()));
    }

    private ClamdClient client(Duration timeout) {
        return new ClamdClient(new ClamdAddress.Unix(socket)::socket, timeout);
    }
}
