package io.sluice.systemtests;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Directory trees that others change while they are looked at. */
final class Trees {
    private Trees() {}

    /** A file at one moment. */
    record Seen(Object inode, long size) {}

    /** All files below a directory; one that vanishes meanwhile is left out. */
    static Map<Path, Seen> files(Path root) throws IOException {
        Map<Path, Seen> files = new LinkedHashMap<>();
        if (Files.exists(root)) {
            walk(root, files, false);
        }
        return files;
    }

    /** The files' names below a directory. */
    static List<Path> names(Path root) throws IOException {
        return files(root).keySet().stream().map(root::relativize).toList();
    }

    /** The sizes of those files below a directory that were there at one and the same moment. */
    static long sizeAtOnce(Path root) throws IOException {
        Map<Path, Seen> first = files(root);
        Map<Path, Seen> second = files(root);
        return first.entrySet().stream()
                .filter(entry -> entry.getValue().equals(second.get(entry.getKey())))
                .mapToLong(entry -> entry.getValue().size())
                .sum();
    }

    /** Deletes all that is below a directory, and leaves what comes anew meanwhile. */
    static void empty(Path root) throws IOException {
        if (Files.exists(root)) {
            walk(root, null, true);
        }
    }

    /** Deletes a directory with all that is in it. */
    static void delete(Path root) throws IOException {
        empty(root);
        Files.deleteIfExists(root);
    }

    private static void walk(Path root, @Nullable Map<Path, Seen> into, boolean deletes)
            throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (into != null) {
                            Object inode = Objects.requireNonNull(attributes.fileKey());
                            into.put(file, new Seen(inode, attributes.size()));
                        }
                        if (deletes) {
                            Files.deleteIfExists(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException e) throws IOException {
                        if (deletes && !directory.equals(root)) {
                            deleteIfEmpty(directory);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            // Something came in meanwhile: it stays.
            assert Files.isDirectory(directory);
        }
    }
}
