package io.sluice.edge.spool;

import io.sluice.model.UploadId;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The complete originals, immutable, and the quarantine beside them. Every method blocks for the
 * disk.
 */
public final class DiskStore {
    private final Path root;
    private final Path quarantine;
    private final Durability durability;
    private final Directories directories;

    public DiskStore(DataDirectory data, Durability durability) throws IOException {
        root = Directories.createPrivate(data.store());
        quarantine = Directories.createPrivate(data.quarantine());
        this.durability = durability;
        this.directories = new Directories(root, durability);
    }

    /** The directory that holds the originals. */
    public Path root() {
        return root;
    }

    /**
     * Makes a finished upload's bytes an original: file to the disk, rename, directory to the disk.
     * After it the bytes survive a power cut; a row must follow, or they are swept as an orphan.
     */
    public void publish(SpoolFile file) throws IOException {
        publish(file.id(), file.finish(durability));
    }

    /** Makes the bytes of an upload that came in several requests an original, in the same way. */
    public void publish(UploadId id, ResumableFile file) throws IOException {
        if (durability == Durability.FSYNC) {
            file.force();
        }
        file.close();
        publish(id, file.path());
    }

    private void publish(UploadId id, Path finished) throws IOException {
        Path original = root.resolve(id.storePath());
        Path directory = Directories.parent(original);
        directories.create(directory);
        Files.move(finished, original, StandardCopyOption.ATOMIC_MOVE);
        directories.sync(directory);
    }

    /**
     * Takes back what was published without its row: the commit had not come to pass.
     *
     * @return whether there was anything
     */
    public boolean takeBack(UploadId id, ResumableSpool spool) throws IOException {
        Path original = root.resolve(id.storePath());
        if (!Files.exists(original)) {
            return false;
        }
        Files.move(original, spool.path(id), StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /**
     * Opens an original for reading.
     *
     * @throws NoSuchFileException if it is gone
     */
    public FileChannel open(UploadId id) throws IOException {
        return FileChannel.open(root.resolve(id.storePath()), StandardOpenOption.READ);
    }

    /**
     * Moves an infected original out of the store, readable by its owner alone. Done already is
     * done.
     */
    public void quarantine(UploadId id) throws IOException {
        Path original = root.resolve(id.storePath());
        if (!Files.exists(original)) {
            return;
        }
        Path target = quarantine.resolve(id.toString());
        Files.setPosixFilePermissions(original, PosixFilePermissions.fromString("rw-------"));
        Files.move(original, target, StandardCopyOption.ATOMIC_MOVE);
        directories.sync(quarantine);
        directories.sync(Directories.parent(original));
    }

    /** Deletes the bytes, wherever they are. Done already is done. */
    public void delete(UploadId id) throws IOException {
        Files.deleteIfExists(root.resolve(id.storePath()));
        Files.deleteIfExists(quarantine.resolve(id.toString()));
    }
}
