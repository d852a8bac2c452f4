package io.sluice.cache;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The tree of cached files. Anybody may delete anything in it at any time; files that aren't ours
 * are neither served nor deleted nor replaced.
 */
record CacheDirectory(Path root, Levels levels) {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int RENAMES = 4;

    Path fileOf(KeyHash hash) {
        return root.resolve(levels.pathOf(hash.name()));
    }

    /** The file of that hash opened for reading, or null if there is none. */
    @Nullable FileChannel open(KeyHash hash) throws IOException {
        return open(fileOf(hash));
    }

    /** When the file of that hash was written last, or null if there is none. */
    @Nullable FileTime modified(KeyHash hash) throws IOException {
        try {
            return Files.getLastModifiedTime(fileOf(hash), LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    static @Nullable FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Renames a finished file into place, with the directories above it if they are gone. */
    void publish(Path finished, KeyHash hash) throws IOException {
        Path target = fileOf(hash);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isOurs(target)) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "not Sluice's file: move it out of the cache");
        }
        for (int attempt = 1; ; attempt++) {
            try {
                Files.move(finished, target, ATOMIC_MOVE);
                return;
            } catch (NoSuchFileException e) {
                if (attempt == RENAMES || !Files.exists(finished)) {
                    throw e;
                }
                create(target.getParent());
            }
        }
    }

    /** Deletes the file of that hash if it is ours. */
    boolean delete(KeyHash hash) throws IOException {
        return delete(fileOf(hash));
    }

    /** Deletes a file if it is ours, and tells whether it did. */
    static boolean delete(Path file) throws IOException {
        return isOurs(file) && Files.deleteIfExists(file);
    }

    static void create(@Nullable Path directory) throws IOException {
        if (directory != null) {
            Files.createDirectories(directory, OWNER_ONLY);
        }
    }

    private static boolean isOurs(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = open(file)) {
            return channel != null && !(EntryFile.inspect(channel) instanceof Inspection.Foreign);
        }
    }
}
