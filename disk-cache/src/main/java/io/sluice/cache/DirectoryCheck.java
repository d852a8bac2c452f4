package io.sluice.cache;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes sure, before anything is written or deleted, that the cache's directories are its own. */
record DirectoryCheck(CacheSettings settings) {
    private static final Path MARKER = Path.of(".sluice-cache");
    private static final String MARKER_TEXT =
            "A disk cache of Sluice. Anything in here may be deleted at any time.\n";

    /**
     * Creates the directories and marks the cache as ours.
     *
     * @throws UnusableCacheException if they can't be used as they are configured
     */
    void prepare() throws IOException {
        CacheDirectory.create(settings.directory());
        CacheDirectory.create(settings.tempDirectory());
        if (!isMarked()) {
            refuseUnknown();
        }
        refuseTwoFileStores();
        mark();
    }

    private boolean isMarked() {
        return Files.exists(settings.directory().resolve(MARKER));
    }

    /** Somebody may have deleted the marker: directories named as ours show whose it is, too. */
    private void refuseUnknown() throws IOException {
        try (Stream<Path> names = Files.list(settings.directory())) {
            List<String> unknown =
                    names.filter(path -> !isLevelOrOwn(path))
                            .map(path -> path.getFileName().toString())
                            .limit(1)
                            .toList();
            if (!unknown.isEmpty()) {
                throw new UnusableCacheException(
                        "sluice.cache.directory = %s: holds %s, so it isn't a cache of Sluice; name an empty or a new directory"
                                .formatted(settings.directory(), unknown.getFirst()));
            }
        }
    }

    private boolean isLevelOrOwn(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".sluice-")
                || (Files.isDirectory(path) && settings.levels().fitsOutermost(name));
    }

    private void refuseTwoFileStores() throws IOException {
        if (!Files.getFileStore(settings.directory())
                .equals(Files.getFileStore(settings.tempDirectory()))) {
            throw new UnusableCacheException(
                    "sluice.cache.temp-directory = %s: not on the file system of sluice.cache.directory = %s, so files can't be renamed into place; put them on one"
                            .formatted(settings.tempDirectory(), settings.directory()));
        }
    }

    private void mark() throws IOException {
        try {
            Path marker = Files.createFile(settings.directory().resolve(MARKER));
            Files.writeString(marker, MARKER_TEXT);
        } catch (FileAlreadyExistsException e) {
            // Marked before, or by another process just now.
            return;
        }
    }
}
