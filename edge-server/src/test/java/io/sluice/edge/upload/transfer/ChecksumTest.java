package io.sluice.edge.upload.transfer;

import static io.sluice.edge.upload.transfer.Receiving.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumTest {
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

    @Nested
    class AChecksum {
        private static final String SHA1_OF_HELLO = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";

        private static Chunk with(String hex) {
            return new Chunk(3, null, 5, false, new Checksum(ChecksumAlgorithm.SHA1, hex), false);
        }

        @Test
        void thatIsRightKeepsTheBytes() throws Exception {
            UploadId id = edge.create(8L).id();
            edge.append(id, 0, "abc");

            edge.append(id, with(SHA1_OF_HELLO), "hello");

            edge.expectStored(id, "abchello");
            assertThat(edge.unproven(id)).doesNotExist();
        }

        @Test
        void thatIsWrongTakesTheBytesBackAndLeavesTheDigestRight() throws Exception {
            UploadId id = edge.create(8L).id();
            edge.append(id, 0, "abc");

            refused(Reason.WRONG_CHECKSUM, () -> edge.append(id, with(SHA1_OF_HELLO), "jello"));

            assertThat(edge.look(id).offset()).isEqualTo(3);
            assertThat(edge.spooled(id)).hasContent("abc");
            edge.append(id, 3, "world");
            edge.expectStored(id, "abcworld");
        }

        @Test
        void behindTheBytesIsComparedToo() throws Exception {
            UploadId id = edge.create(8L).id();
            edge.append(id, 0, "abc");
            Chunk chunk = new Chunk(3, null, -1, false, null, true);
            Append wrong = edge.begin(edge.turn(id), chunk);
            wrong.write(Receiving.bytes("jello"));
            Checksum behind = new Checksum(ChecksumAlgorithm.SHA1, SHA1_OF_HELLO);
            refused(Reason.WRONG_CHECKSUM, () -> wrong.end(new Ending.Whole(behind)));

            Append right = edge.begin(edge.turn(id), chunk);
            right.write(Receiving.bytes("hello"));
            right.end(new Ending.Whole(behind));

            edge.expectStored(id, "abchello");
        }

        @Test
        void ofACutRequestCannotBeComparedSoItsBytesGo() throws Exception {
            UploadId id = edge.create(8L).id();
            edge.append(id, 0, "abc");
            Append cut = edge.begin(edge.turn(id), with(SHA1_OF_HELLO));
            cut.write(Receiving.bytes("he"));

            assertThat(cut.end(new Ending.Cut()).offset()).isEqualTo(3);
        }
    }
}
