package io.sluice.channel.directory;

import io.sluice.channel.frame.EdgeTransport;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which entries are in the directory: at the start, at once when one comes or goes, and every
 * so often in case an event got lost. Has a thread of its own, as reading a directory blocks.
 */
public final class DirectoryWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectoryWatch.class);

    private final ProcessorDirectory directory;
    private final Duration interval;
    private final Listener listener;
    private final WatchService watcher;
    private final Thread thread;

    /** Hears, on the watch's thread, what is there. */
    public interface Listener {
        /**
         * What the directory holds.
         *
         * @param present every entry, stale ones too
         * @param fresh those that came since the last call
         */
        void entries(Set<Path> present, Set<Path> fresh);
    }

    /** One that tells the entries' paths as addresses; a regular file is none. */
    public static DirectoryWatch addresses(
            ProcessorDirectory directory, Duration interval, EdgeTransport.Listener listener)
            throws IOException {
        return new DirectoryWatch(
                directory,
                interval,
                (present, fresh) -> listener.addresses(names(present), names(fresh)));
    }

    private static Set<String> names(Set<Path> entries) {
        return entries.stream()
                .filter(entry -> !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
                .map(Path::toString)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Does nothing yet.
     *
     * @param interval from one look to the next
     */
    public DirectoryWatch(ProcessorDirectory directory, Duration interval, Listener listener)
            throws IOException {
        this.directory = directory;
        this.interval = interval;
        this.listener = listener;
        watcher = directory.path().getFileSystem().newWatchService();
        // Before the first look, so that no entry comes unseen between the two.
        register();
        thread = Thread.ofPlatform().name("sluice-channel-watch").daemon().unstarted(this::watch);
    }

    /** Starts to tell, until it is closed. */
    public void start() {
        thread.start();
    }

    private void register() throws IOException {
        directory
                .path()
                .register(
                        watcher,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_DELETE);
    }

    private void watch() {
        Set<Path> fresh = Set.of();
        try {
            while (true) {
                look(fresh);
                fresh = next();
            }
        } catch (ClosedWatchServiceException e) {
            log.debug("the watch of {} has ended", directory.path());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Set<Path> fresh) {
        try {
            listener.entries(directory.entries(), fresh);
        } catch (IOException e) {
            log.warn("sluice.channel.unix.directory = {}: can't be read", directory.path(), e);
        }
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
                    && directory.isEntry(name)) {
                fresh.add(directory.path().resolve(name));
            }
        }
        if (!key.reset()) {
            log.warn("sluice.channel.unix.directory = {}: was removed", directory.path());
        }
        return fresh;
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            log.warn("the watch of {} could not be closed", directory.path(), e);
        }
    }
}
