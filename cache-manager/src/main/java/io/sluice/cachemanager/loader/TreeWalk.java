package io.sluice.cachemanager.loader;

import io.sluice.cache.Adoption;
import io.sluice.cache.CacheUpkeep;
import io.sluice.cache.Pass;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers each file of the cache's tree to the index, a file or directory a step. Links and other
 * special files are foreign; directories deeper than levels can be aren't entered.
 */
final class TreeWalk implements Pass {
    private static final Logger LOG = LoggerFactory.getLogger(TreeWalk.class);
    private static final int MOST_LEVELS = 3;
    private static final int FOREIGN_NAMED = 10;
    private static final String OWN_PREFIX = ".sluice-";

    private final CacheUpkeep upkeep;
    private final Deque<Level> levels = new ArrayDeque<>();
    private LoadReport report = LoadReport.EMPTY;
    private boolean started;
    private boolean whole = true;

    TreeWalk(CacheUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    /** A directory that is being read. */
    private record Level(DirectoryStream<Path> stream, Iterator<Path> paths) {}

    LoadReport report() {
        return report;
    }

    /** Whether every file was offered: else the index must not be believed to have them all. */
    boolean isWhole() {
        return started && levels.isEmpty() && whole;
    }

    @Override
    public boolean step() throws IOException {
        try {
            if (!started) {
                started = true;
                enter(upkeep.directory());
            } else if (levels.isEmpty()) {
                return false;
            } else if (levels.getLast().paths.hasNext()) {
                meet(levels.getLast().paths.next());
            } else {
                levels.removeLast().stream.close();
            }
        } catch (DirectoryIteratorException e) {
            levels.removeLast().stream.close();
            whole = false;
            throw e.getCause();
        } catch (IOException e) {
            whole = false;
            throw e;
        }
        return !levels.isEmpty();
    }

    private void meet(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (attributes.isDirectory() && levels.size() <= MOST_LEVELS) {
            enter(path);
        } else if (!attributes.isRegularFile()) {
            count(path, Adoption.FOREIGN);
        } else if (levels.size() > 1 || !path.getFileName().toString().startsWith(OWN_PREFIX)) {
            count(path, upkeep.adopt(path));
        }
    }

    @SuppressWarnings("StreamResourceLeak") // Read over many steps, closed at its end.
    private void enter(Path directory) throws IOException {
        try {
            DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
            levels.addLast(new Level(stream, stream.iterator()));
        } catch (NoSuchFileException e) {
            LOG.debug("{} was deleted before it was read", directory);
        }
    }

    private void count(Path path, Adoption adoption) {
        report = report.with(adoption);
        if (adoption == Adoption.FOREIGN && report.foreign() <= FOREIGN_NAMED) {
            LOG.warn("{} isn't Sluice's file: left alone, move it out of the cache", path);
        }
    }
}
