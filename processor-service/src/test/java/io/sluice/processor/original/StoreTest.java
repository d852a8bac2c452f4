package io.sluice.processor.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.Job;
import io.sluice.processor.Lease;
import io.sluice.processor.LeaseOver;
import io.sluice.processor.TestJobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir Path directory;
    private TestJobs jobs;
    private Store store;
    private Job job;
    private final Lease lease = TestJobs.lease();

    @BeforeEach
    void storeAnOriginal() throws IOException {
        Path root = Files.createDirectory(directory.resolve("store"));
        jobs = new TestJobs(root);
        store = new Store(root);
        job = jobs.of("hello.txt", "hello".getBytes(StandardCharsets.US_ASCII));
    }

    @AfterEach
    void close() throws IOException {
        lease.close();
    }

    @Test
    void opensAnOriginal() throws IOException {
        Original original = store.open(job, lease);
        assertThat(original.size()).isEqualTo(5);
        assertThat(original.path()).contains(jobs.file(job));
        assertThat(original.head(3)).asString().isEqualTo("hel");
        assertThat(original.sha256()).isEqualTo(job.sha256());
        assertThat(original.read(5, ByteBuffer.allocate(1))).isZero();
    }

    @Test
    void takesAnOriginalThatCameAlongAndAsksForNoPath() throws IOException {
        Path elsewhere = Files.move(jobs.file(job), directory.resolve("elsewhere"));
        try (SeekableByteChannel passed = Files.newByteChannel(elsewhere);
                Lease with = new Lease(job.deadline(), InstantSource.system(), passed)) {
            Original original = store.open(job, with);
            assertThat(original.path()).isEmpty();
            assertThat(original.sha256()).isEqualTo(job.sha256());
            Path copy = Files.writeString(directory.resolve("copy"), "something longer");
            original.copyTo(copy);
            assertThat(copy).hasContent("hello");
        }
    }

    @Test
    void refusesOneThatCameAlongWithAnotherLength() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "hello!");
        try (SeekableByteChannel passed = Files.newByteChannel(other);
                Lease with = new Lease(job.deadline(), InstantSource.system(), passed)) {
            assertThatThrownBy(() -> store.open(job, with)).isInstanceOf(RefusedOriginal.class);
        }
    }

    @Test
    void readsNothingMoreOnceTheLeaseIsOver() throws IOException {
        Original original = store.open(job, lease);
        lease.revoke();
        assertThatThrownBy(() -> original.head(1)).isInstanceOf(LeaseOver.class);
    }

    @Test
    void closesTheOriginalWithTheLease() throws IOException {
        Lease other = new Lease(job.deadline(), InstantSource.system());
        Original original = store.open(job, other);
        other.close();
        assertThatThrownBy(() -> original.head(1)).isInstanceOf(IOException.class);
    }

    @Test
    void tellsThatAnOriginalIsMissing() {
        assertThatThrownBy(() -> store.open(TestJobs.at(job, "00/11/none"), lease))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Nested
    class Refuses {
        @Test
        void anotherSizeThanTheJobs() throws IOException {
            Files.writeString(jobs.file(job), "hello!");
            refuses(job, "original is damaged: it has 6 bytes, 5 were stored");
        }

        @Test
        void aLinkInPlaceOfTheFile() throws IOException {
            Path outside = Files.writeString(directory.resolve("outside"), "hello");
            Files.delete(jobs.file(job));
            Files.createSymbolicLink(jobs.file(job), outside);
            refuses(job, "link");
        }

        @Test
        void aLinkInPlaceOfADirectory() throws IOException {
            Path shard = jobs.file(job).getParent();
            Path moved = Files.move(shard, directory.resolve("moved"));
            Files.createSymbolicLink(shard, moved);
            refuses(job, "link");
        }

        @Test
        void aDirectory() {
            Path shard = Objects.requireNonNull(Path.of(job.path()).getParent());
            refuses(TestJobs.at(job, shard.toString()), "no regular file");
        }

        @Test
        void aPipeWithoutWaitingForItsWriter() throws IOException, InterruptedException {
            Files.delete(jobs.file(job));
            int exit = new ProcessBuilder("mkfifo", jobs.file(job).toString()).start().waitFor();
            assertThat(exit).isZero();
            refuses(job, "no regular file");
        }

        private void refuses(Job refused, String reason) {
            assertThatThrownBy(() -> store.open(refused, lease))
                    .isInstanceOf(RefusedOriginal.class)
                    .hasMessageContaining(reason);
        }
    }
}
