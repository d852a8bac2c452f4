package io.sluice.channel.directory;

import io.sluice.channel.frame.EdgeTransport;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which files are in a directory: at the start, at once when one comes or goes, and every so
 * often in case an event got lost. Has a thread of its own, as reading a directory blocks.
 */
public final class DirectoryWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectoryWatch.class);

    private final Path directory;
    private final Predicate<Path> which;
    private final Duration interval;
    private final Listener listener;
    private final WatchService watcher;
    private final Thread thread;

    /** Hears, on the watch's thread, what is there. */
    public interface Listener {
        /**
         * What the directory holds.
         *
         * @param present every file that is looked for
         * @param fresh those that came since the last call
         */
        void files(Set<Path> present, Set<Path> fresh);
    }

    /** One that tells the paths of processors' entries as addresses; a regular file is none. */
    public static DirectoryWatch addresses(
            ProcessorDirectory directory, Duration interval, EdgeTransport.Listener listener)
            throws IOException {
        return new DirectoryWatch(
                directory.path(),
                entry ->
                        directory.isEntry(entry)
                                && !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS),
                interval,
                (present, fresh) -> listener.addresses(names(present), names(fresh)));
    }

    private static Set<String> names(Set<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Registers for events, so that no file comes unseen between this and {@link #start}.
     *
     * @param which files are looked for
     * @param interval from one look to the next without an event
     */
    public DirectoryWatch(
            Path directory, Predicate<Path> which, Duration interval, Listener listener)
            throws IOException {
        this.directory = directory;
        this.which = which;
        this.interval = interval;
        this.listener = listener;
        watcher = directory.getFileSystem().newWatchService();
        directory.register(
                watcher,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_DELETE);
        thread = Thread.ofPlatform().name("sluice-channel-watch").daemon().unstarted(this::watch);
    }

    /** Begins to tell. */
    public void start() {
        thread.start();
    }

    private void watch() {
        Set<Path> fresh = Set.of();
        try {
            while (true) {
                look(fresh);
                fresh = next();
            }
        } catch (ClosedWatchServiceException e) {
            log.debug("the watch of {} has ended", directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Set<Path> fresh) {
        try {
            listener.files(present(), fresh);
        } catch (IOException | DirectoryIteratorException e) {
            log.warn("the channel's directory {} can't be read", directory, e);
        }
    }

    private Set<Path> present() throws IOException {
        Set<Path> found = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, which::test)) {
            files.forEach(found::add);
        }
        return found;
    }

    private Set<Path> next() throws InterruptedException {
        WatchKey key = watcher.poll(interval.toNanos(), TimeUnit.NANOSECONDS);
        if (key == null) {
            return Set.of();
        }
        Set<Path> fresh = new HashSet<>();
        for (WatchEvent<?> event : key.pollEvents()) {
            if (StandardWatchEventKinds.ENTRY_CREATE.equals(event.kind())
                    && event.context() instanceof Path name
                    && which.test(directory.resolve(name))) {
                fresh.add(directory.resolve(name));
            }
        }
        if (!key.reset()) {
            log.warn("the channel's directory {} was removed", directory);
        }
        return fresh;
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            log.warn("the watch of {} could not be closed", directory, e);
        }
    }
}
