package io.sluice.edge.spool;

import io.sluice.model.UploadId;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The spool's files that outlive their request and the process. They lie beside the others, named
 * by their upload. Every method blocks for the disk.
 *
 * <p>A file whose newest bytes have a checksum to pass has a second, empty file beside it until
 * they have passed. It is never synced: it has to survive a kill only, as after a power cut nothing
 * counts that was not committed.
 */
public final class ResumableSpool {
    /** Behind the id in the name of the second file. */
    static final String UNPROVEN = ".unproven";

    private final Path directory;
    private final Durability durability;
    private final Directories directories;

    public ResumableSpool(DataDirectory data, Durability durability) throws IOException {
        this.directory = Directories.createPrivate(data.spool());
        this.durability = durability;
        this.directories = new Directories(directory, durability);
    }

    /**
     * Opens an upload's file, new if nothing of it has come yet; what lies behind the length is cut
     * off.
     *
     * @param known the digest of the first {@code length} bytes, if it is known
     * @throws IOException if there are fewer bytes than that
     */
    public ResumableFile open(UploadId id, long length, @Nullable RunningDigest known)
            throws IOException {
        RunningDigest fitting = known != null && known.length() == length ? known : null;
        return new ResumableFile(path(id), length, fitting);
    }

    /** Makes the file's bytes, and its name, survive a power cut. */
    public void force(ResumableFile file) throws IOException {
        if (durability == Durability.FSYNC) {
            file.force();
            if (file.isNew()) {
                directories.sync(directory);
            }
        }
    }

    /** Opens the bytes for reading. */
    public FileChannel read(UploadId id) throws IOException {
        return FileChannel.open(path(id), StandardOpenOption.READ);
    }

    /** How many bytes lie there; -1 if there is no file. */
    public long length(UploadId id) throws IOException {
        try {
            return Files.size(path(id));
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    /** The bytes that come now have to prove themselves. */
    public void beginProof(UploadId id) throws IOException {
        try {
            Files.createFile(unproven(id));
        } catch (FileAlreadyExistsException e) {
            // An earlier request's, whose end could not be told to the disk; it says the same.
            return;
        }
    }

    /** They have, or they are gone. */
    public void endProof(UploadId id) throws IOException {
        Files.deleteIfExists(unproven(id));
    }

    /** Whether bytes came last that never proved themselves. */
    public boolean isUnproven(UploadId id) {
        return Files.exists(unproven(id));
    }

    /** Drops the bytes. Done already is done. */
    public void delete(UploadId id) throws IOException {
        Files.deleteIfExists(path(id));
        endProof(id);
    }

    Path path(UploadId id) {
        return directory.resolve(id.toString());
    }

    private Path unproven(UploadId id) {
        return directory.resolve(id + UNPROVEN);
    }
}
