package io.sluice.processor.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.processor.Lease;
import io.sluice.processor.LeaseOver;
import io.sluice.processor.TestJobs;
import io.sluice.processor.original.Original;
import io.sluice.processor.original.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every scanner must do. */
abstract class ScannerContract {
    /** Bytes that each scanner under test has a signature for. */
    static final byte[] MARKED = "sluice test marker, found by its digest\n".getBytes(US_ASCII);

    static final String MARKER = "Test.Marker";

    @TempDir Path root;
    final Lease lease = TestJobs.lease();
    private TestJobs jobs;

    /** The scanner under test. */
    abstract Scanner scanner() throws Exception;

    @BeforeEach
    final void prepare() {
        jobs = new TestJobs(root);
    }

    @AfterEach
    final void close() throws IOException {
        lease.close();
    }

    final Original original(byte[] bytes) throws IOException {
        return new Store(root).open(jobs.of("any.bin", bytes), lease);
    }

    @Test
    void callsAPhotographClean() throws Exception {
        byte[] photo = Files.readAllBytes(TestJobs.FILES.resolve("camera.jpg"));
        assertThat(scanner().scan(original(photo), lease)).isInstanceOf(ScanResult.Clean.class);
    }

    @Test
    void findsTheTestFile() throws Exception {
        assertThat(scanner().scan(original(Eicar.bytes()), lease))
                .isInstanceOfSatisfying(
                        ScanResult.Infected.class,
                        found -> assertThat(found.signature()).startsWith(Eicar.SIGNATURE));
    }

    @Test
    void findsWhatItHasTheDigestOf() throws Exception {
        assertThat(scanner().scan(original(MARKED), lease))
                .isInstanceOfSatisfying(
                        ScanResult.Infected.class,
                        found -> assertThat(found.signature()).startsWith(MARKER));
    }

    @Test
    void stopsWhenTheLeaseIsOver() throws Exception {
        Scanner scanner = scanner();
        Original original = original(MARKED);
        lease.revoke();
        assertThatThrownBy(() -> scanner.scan(original, lease)).isInstanceOf(LeaseOver.class);
    }
}
