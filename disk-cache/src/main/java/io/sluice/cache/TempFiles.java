package io.sluice.cache;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files being written: {@code <hash>.<pid of the owner>.<random>.tmp}. */
final class TempFiles {
    static final Duration LIFETIME = Duration.ofHours(1);
    private static final Pattern NAME =
            Pattern.compile("[0-9a-f]{32}\\.(\\d{1,10})\\.[0-9a-f]{16}\\.tmp");
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final Owner owner;

    TempFiles(Path directory, Owner owner) {
        this.directory = directory;
        this.owner = owner;
    }

    /** A new empty file, in a directory that may have been deleted. */
    Path create(KeyHash hash) throws IOException {
        Path file =
                directory.resolve(
                        "%s.%d.%016x.tmp"
                                .formatted(
                                        hash.name(),
                                        owner.pid(),
                                        ThreadLocalRandom.current().nextLong()));
        try {
            return touch(file);
        } catch (NoSuchFileException e) {
            CacheDirectory.create(directory);
            return touch(file);
        }
    }

    private static Path touch(Path file) throws IOException {
        FileChannel.open(file, Set.of(CREATE_NEW, WRITE), OWNER_ONLY).close();
        return file;
    }

    /**
     * Deletes a file that nobody will finish. A name that isn't ours is left alone.
     *
     * @param orphans whether a dead owner is enough; otherwise only age is
     */
    boolean removeStale(Path file, boolean orphans) throws IOException {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        boolean stale;
        try {
            Instant written =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            stale =
                    written.plus(LIFETIME).isBefore(owner.now())
                            || (orphans && !Owner.isAlive(Long.parseLong(name.group(1))));
        } catch (NoSuchFileException e) {
            return false;
        }
        return stale && Files.deleteIfExists(file);
    }

    Path directory() {
        return directory;
    }
}
