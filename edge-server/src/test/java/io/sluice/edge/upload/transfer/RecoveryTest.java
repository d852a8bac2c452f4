package io.sluice.edge.upload.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.UploadId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path directory;
    private Receiving edge;

    @BeforeEach
    void open() throws Exception {
        edge = new Receiving(directory, START, "first boot");
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
    }

    /** The process ends as by a kill: what was not written down is gone. */
    private void restart(String boot) throws Exception {
        edge.close();
        edge = new Receiving(directory, START, boot);
        edge.recover();
    }

    @Nested
    class AfterARestart {
        @Test
        void allBytesCountThatWereWritten() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "he");
            edge.begin(id, 2, "llo");

            restart("first boot");

            assertThat(edge.look(id).offset()).isEqualTo(5);
            edge.append(id, 5, "world");
            edge.expectStored(id, "helloworld");
        }

        @Test
        void ofTheMachineOnlyThoseCountThatWereCommitted() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "he");
            edge.begin(id, 2, "llo");

            restart("second boot");

            assertThat(edge.look(id).offset()).isEqualTo(2);
            edge.append(id, 2, "lloworld");
            edge.expectStored(id, "helloworld");
        }

        @Test
        void bytesThatHadNotProvenThemselvesDoNotCount() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "he");
            Append unproven = edge.begin(edge.turn(id), new Chunk(2, null, 8, false, null, true));
            unproven.write(Receiving.bytes("jello"));

            restart("first boot");

            assertThat(edge.look(id).offset()).isEqualTo(2);
            assertThat(edge.unproven(id)).doesNotExist();
        }

        @Test
        void anUploadIsCompletedThatWasWholeAlready() throws Exception {
            UploadId id = edge.create(5L).id();
            edge.begin(id, 0, "hello");

            restart("first boot");

            edge.expectStored(id, "hello");
        }

        @Test
        void anUploadIsCompletedThatWasInTheStoreButNotCommitted() throws Exception {
            UploadId id = edge.create(5L).id();
            edge.begin(id, 0, "hello");
            Files.createDirectories(edge.original(id).getParent());
            Files.move(edge.spooled(id), edge.original(id));

            restart("second boot");

            edge.expectStored(id, "hello");
        }

        @Test
        void theSweepKeepsWhatCanBeResumed() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "hello");
            Path other = Files.createFile(edge.spooled(UploadId.next(() -> START)));

            assertThat(edge.disk().sweep(id::equals)).isEqualTo(1);

            assertThat(edge.spooled(id)).exists();
            assertThat(other).doesNotExist();
        }
    }
}
