package io.sluice.edge.upload.transfer;

import static io.sluice.edge.upload.transfer.Receiving.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcatenationTest {
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
    class AFinalUpload {
        private UploadId part(String text) throws Exception {
            UploadId id = edge.create(Role.PART, (long) text.length(), List.of()).id();
            edge.append(id, 0, text);
            return id;
        }

        @Test
        void isMadeOfItsPartsWhichStay() throws Exception {
            UploadId hello = part("hello");
            UploadId world = part("world");

            Transfer made = edge.create(Role.FINAL, null, List.of(hello, world, hello));

            assertThat(made.length()).isEqualTo(15);
            edge.expectStored(made.id(), "helloworldhello");
            assertThat(edge.look(hello).isReceiving()).isTrue();
            assertThat(edge.spooled(hello)).hasContent("hello");
        }

        @Test
        void isMadeOnceItsPartsAreThere() throws Exception {
            UploadId hello = part("hello");
            UploadId later = edge.create(Role.PART, null, List.of()).id();
            Transfer waiting = edge.create(Role.FINAL, null, List.of(hello, later));
            assertThat(waiting.isReceiving()).isTrue();
            assertThat(waiting.length()).isNull();

            edge.append(later, new Chunk(0, 5L, 5, false, null, false), "world");

            org.awaitility.Awaitility.await()
                    .until(() -> edge.upload(waiting.id()).state() == UploadState.STORED);
            edge.expectStored(waiting.id(), "helloworld");
        }

        @Test
        void takesNoBytes() throws Exception {
            UploadId made = edge.create(Role.FINAL, null, List.of(part("hello"))).id();

            refused(Reason.IS_FINAL, () -> edge.append(made, 5, "x"));
        }

        @Test
        void isMadeOfPartialUploadsOnly() throws Exception {
            UploadId whole = edge.create(5L).id();

            refused(Reason.NO_PART, () -> edge.create(Role.FINAL, null, List.of(whole)));
        }

        @Test
        void isAsLargeAsAnyUploadAtMost() throws Exception {
            UploadId part = part("x".repeat(600));

            refused(Reason.TOO_LONG, () -> edge.create(Role.FINAL, null, List.of(part, part)));
        }

        @Test
        void isMadeAfterARestart() throws Exception {
            UploadId later = edge.create(Role.PART, 5L, List.of()).id();
            UploadId made = edge.create(Role.FINAL, null, List.of(later)).id();
            edge.begin(later, 0, "hello");

            restart("first boot");

            edge.expectStored(made, "hello");
        }
    }
}
