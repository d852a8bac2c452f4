package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Resumable uploads against the real thing. */
class TusTest {
    private static final int LENGTH = 8 << 20;

    @Test
    void anUploadGoesOnWhereItWasWhenEverythingWasKilled() throws Exception {
        Launch launch = Launch.fresh("tus");
        byte[] bytes = TestFile.text(LENGTH, 7);
        Sluice sluice = launch.start();
        String upload = create(sluice, "Upload-Length", Integer.toString(LENGTH));
        String id = upload.substring(TusRequests.PATH.length() + 1);
        Path spooled = launch.data().resolve("spool").resolve(id);
        try (Wire wire = new Wire(sluice.base())) {
            wire.head(TusRequests.patchHead(sluice.api(), upload, 0, LENGTH))
                    .bytes(Arrays.copyOf(bytes, LENGTH / 2));
            await().atMost(Sluice.PATIENCE)
                    .until(() -> Files.exists(spooled) && Files.size(spooled) > LENGTH / 4);
            sluice.killAll();
        }
        long written = Files.size(spooled);
        try (Sluice again = launch.start()) {
            long offset = offset(again, upload);
            assertThat(offset).isEqualTo(written).isBetween(LENGTH / 4L, LENGTH / 2L);
            patch(again, upload, offset, rest(bytes, offset)).isStatus(204);

            JsonNode end = again.api().end(id);
            assertThat(Api.state(end)).as(end.toString()).isEqualTo("ready");
            assertThat(end.path("sha256").asString()).isEqualTo(Sha256.hex(bytes));
            assertThat(again.api().content(id).isStatus(200).body()).isEqualTo(bytes);
        }
    }

    @Test
    void aDiskThatFillsUpLeavesAnOffsetToGoOnFrom(@TempDir Path directory) throws Exception {
        assumeThat(LoopDisk.isPossible()).as("root, loop devices and xfsprogs").isTrue();
        byte[] bytes = TestFile.text(LENGTH, 9);
        try (LoopDisk disk = LoopDisk.create("ext4", directory);
                Sluice sluice =
                        Launch.on(disk.mountPoint().resolve("data"))
                                .with("sluice.disk.min-free", "0")
                                .with("sluice.cache.min-free", "0%")
                                .start()) {
            Path ballast = disk.mountPoint().resolve("ballast");
            String upload = create(sluice, "Upload-Defer-Length", "1");
            patch(sluice, upload, 0, Arrays.copyOf(bytes, 1000)).isStatus(204);
            fillBut(ballast, LENGTH / 2);

            long offset = 1000;
            Answer refused = patch(sluice, upload, offset, rest(bytes, offset));

            refused.isProblem(507, "no-disk-room");
            offset = offset(sluice, upload);
            assertThat(offset).isBetween(1000L, (long) LENGTH);
            Files.delete(ballast);
            // The edge looks for room every now and then, as its Retry-After says.
            await().atMost(Sluice.PATIENCE).until(() -> goesOn(sluice, upload, bytes));
            String id = upload.substring(TusRequests.PATH.length() + 1);
            assertThat(sluice.api().end(id).path("sha256").asString()).isEqualTo(Sha256.hex(bytes));
        }
    }

    private static boolean goesOn(Sluice sluice, String upload, byte... bytes) throws Exception {
        long offset = offset(sluice, upload);
        return patch(sluice, upload, offset, rest(bytes, offset), "Upload-Length", "" + LENGTH)
                        .status()
                == 204;
    }

    /** Fills the disk but for so many bytes, whatever it keeps for root and for itself. */
    private static void fillBut(Path file, long bytes) throws IOException {
        try (FileChannel ballast =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> fill(ballast)).hasMessage("No space left on device");
            ballast.truncate(ballast.size() - bytes);
            ballast.force(true);
        }
    }

    private static void fill(FileChannel ballast) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
        while (true) {
            ballast.write(zeros.clear());
        }
    }

    private static byte[] rest(byte[] bytes, long offset) {
        return Arrays.copyOfRange(bytes, (int) offset, bytes.length);
    }

    private static Answer patch(
            Sluice sluice, String upload, long offset, byte[] bytes, String... more)
            throws Exception {
        return TusRequests.patch(sluice.api(), upload, offset, bytes, more);
    }

    private static String create(Sluice sluice, String field, String value) throws Exception {
        return TusRequests.create(sluice.api(), field, value).isStatus(201).header("location");
    }

    private static long offset(Sluice sluice, String upload) throws Exception {
        return Long.parseLong(
                TusRequests.head(sluice.api(), upload).isStatus(200).header("upload-offset"));
    }
}
