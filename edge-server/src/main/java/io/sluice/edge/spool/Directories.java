package io.sluice.edge.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directories below one root whose names are known to be on the disk. A directory that merely
 * exists may have been made a moment ago by another upload that has not synced its parent yet; only
 * one that stands in the set may be relied on. The set is bounded by the store's layout: 256 +
 * 65,536 names.
 */
final class Directories {
    private final Path root;
    private final Durability durability;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    Directories(Path root, Durability durability) {
        this.root = root;
        this.durability = durability;
    }

    /** Creates the directory for its owner alone, with its parents, if it is not there. */
    static Path createPrivate(Path directory) throws IOException {
        return Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Makes the directory, and its name in each parent up to the root, durable. */
    void create(Path directory) throws IOException {
        if (directory.equals(root) || durable.contains(directory)) {
            return;
        }
        Path parent = parent(directory);
        create(parent);
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // Made by another upload or an earlier run; a file of that name is the caller's
            // problem.
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        sync(parent);
        durable.add(directory);
    }

    /** Makes the names in a directory durable. */
    void sync(Path directory) throws IOException {
        if (durability == Durability.FSYNC) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("has no directory: " + path);
        }
        return parent;
    }
}
