package io.sluice.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.ByteSize;
import io.sluice.model.UploadId;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStoreTest {
    private static final String HELLO_SHA256 =
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir Path directory;

    private DataDirectory data;
    private DiskSpool spool;
    private DiskStore store;
    private final UploadId id = UploadId.next(InstantSource.system());

    @BeforeEach
    void open() throws IOException {
        data = new DataDirectory(directory);
        spool = new DiskSpool(data, new DiskProperties(1, 1, new ByteSize(0)));
        store = new DiskStore(data, Durability.FSYNC);
    }

    private static ByteBuffer[] bytes(String... texts) {
        return Stream.of(texts)
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .toArray(ByteBuffer[]::new);
    }

    private SpoolFile received() throws IOException {
        SpoolFile file = spool.create(id);
        file.write(bytes("he", "", "llo"));
        return file;
    }

    private String read() throws IOException {
        try (FileChannel original = store.open(id)) {
            return new String(
                    Channels.newInputStream(original).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static long files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Nested
    class AFinishedUpload {
        @Test
        void isFoundByItsIdWithItsBytesAndDigest() throws IOException {
            try (SpoolFile file = received()) {
                assertThat(file.length()).isEqualTo(5);
                assertThat(file.sha256().hex()).isEqualTo(HELLO_SHA256);
                store.publish(file);
            }

            assertThat(read()).isEqualTo("hello");
            assertThat(data.store().resolve(id.storePath())).exists();
            assertThat(files(data.spool())).isZero();
        }

        @Test
        void isGoneOnceDeletedAndStaysReadableForWhoHasItOpen() throws IOException {
            try (SpoolFile file = received()) {
                store.publish(file);
            }
            try (FileChannel open = store.open(id)) {
                store.delete(id);
                store.delete(id);

                assertThat(open.size()).isEqualTo(5);
            }
            assertThatThrownBy(() -> store.open(id)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Nested
    class AnUnfinishedUpload {
        @Test
        void leavesNothingWhenClosed() throws IOException {
            received().close();

            assertThat(files(directory)).isZero();
        }

        @Test
        void isSweptAtTheNextStart() throws IOException {
            received();

            assertThat(spool.sweep(_ -> false)).isEqualTo(1);
            assertThat(files(directory)).isZero();
        }

        @Test
        void neverSharesItsFile() throws IOException {
            try (SpoolFile _ = received()) {
                assertThatThrownBy(() -> spool.create(id)).isInstanceOf(IOException.class);
            }
        }
    }

    @Nested
    class AnInfectedOriginal {
        @Test
        void leavesTheStoreForItsOwnersEyesOnly() throws IOException {
            try (SpoolFile file = received()) {
                store.publish(file);
            }

            store.quarantine(id);
            store.quarantine(id);

            Path quarantined = data.quarantine().resolve(id.toString());
            assertThat(quarantined).hasContent("hello");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(quarantined)))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> store.open(id)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Nested
    class BelowTheWatermark {
        @Test
        void uploadsAreRefusedWithWhatIsMissing() throws IOException {
            DiskSpool full =
                    new DiskSpool(data, new DiskProperties(1, 1, ByteSize.valueOf("8000TB")));

            assertThatThrownBy(() -> full.requireRoom(1))
                    .isInstanceOf(NoDiskRoom.class)
                    .hasMessageContaining("sluice.disk.min-free");
        }

        @Test
        void nothingIsRefusedAboveIt() {
            spool.requireRoom(1);
            spool.requireRoom(-1);

            assertThat(spool.room()).isPositive();
        }
    }

    @Test
    void directoriesAreForTheOwnerAlone() throws IOException {
        for (Path path : new Path[] {data.spool(), data.store(), data.quarantine()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
        }
    }
}
