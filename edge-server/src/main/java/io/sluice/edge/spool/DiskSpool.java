package io.sluice.edge.spool;

import io.sluice.model.UploadId;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where unfinished uploads lie: one file each, named by its id, in one directory on the store's
 * file system.
 */
public final class DiskSpool {
    private final Path directory;
    private final Watermark watermark;

    public DiskSpool(DataDirectory data, DiskProperties properties) throws IOException {
        directory = Directories.createPrivate(data.spool());
        watermark = new Watermark(Files.getFileStore(directory), properties.minFree().bytes());
    }

    /**
     * Refuses an upload that the disk has no room for. Cheap: it may be asked on an event loop.
     *
     * @param declaredLength bytes that will come; negative if unknown
     * @throws NoDiskRoom if less than the watermark would stay free
     */
    public void requireRoom(long declaredLength) {
        watermark.require(Math.max(declaredLength, 0));
    }

    /**
     * Keeps room for bytes that will come later, so that uploads under way can't promise away the
     * same room twice. Cheap: it may be asked on an event loop.
     *
     * @throws NoDiskRoom if less than the watermark would stay free
     */
    public void reserve(long bytes) {
        watermark.reserve(bytes);
    }

    /** Keeps room that was promised before a restart, whether it is there or not. */
    public void reserveAgain(long bytes) {
        watermark.reserveAgain(bytes);
    }

    /** Gives back what was reserved, once the bytes are written or will not come. */
    public void giveBack(long bytes) {
        watermark.giveBack(bytes);
    }

    /** Bytes that uploads may still take before the watermark is reached; negative below it. */
    public long room() {
        return watermark.room();
    }

    /** Looks at the disk again; to be called every second or so. */
    public void lookAtDisk() throws IOException {
        watermark.look();
    }

    /**
     * A new, empty file; blocks for the disk.
     *
     * @throws IOException if the disk refuses
     */
    public SpoolFile create(UploadId id) throws IOException {
        return new SpoolFile(id, directory.resolve(id.toString()));
    }

    /**
     * Drops what a killed edge left behind. Only at start, before the first upload.
     *
     * @param isKept tells of which uploads the bytes so far are kept
     * @return how many files were dropped
     */
    public int sweep(Predicate<UploadId> isKept) throws IOException {
        int dropped = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (owner(file).filter(isKept).isEmpty()) {
                    Files.delete(file);
                    dropped++;
                }
            }
        }
        return dropped;
    }

    private static Optional<UploadId> owner(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return Optional.of(UploadId.parse(name.replace(ResumableSpool.UNPROVEN, "")));
        } catch (IllegalArgumentException e) {
            // None of ours, so nobody's.
            return Optional.empty();
        }
    }
}
