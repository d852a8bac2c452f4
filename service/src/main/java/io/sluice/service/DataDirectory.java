package io.sluice.service;

import java.nio.file.Path;

/**
 * The directory under which everything of one installation lies ({@code sluice.data}), with its
 * layout. Spool and store must be on one file system, cache and cache-temp too. The paths need not
 * exist: whoever needs one first creates it with mode 0700.
 */
public record DataDirectory(Path root) {
    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** Uploads in flight. */
    public Path spool() {
        return root.resolve("spool");
    }

    /** Originals, immutable: {@code store/ab/cd/<id>}. */
    public Path store() {
        return root.resolve("store");
    }

    /** Infected originals, never served. */
    public Path quarantine() {
        return root.resolve("quarantine");
    }

    /** Renditions; may be deleted at any time. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** Files being written for the cache. */
    public Path cacheTemp() {
        return root.resolve("cache-temp");
    }

    /** The embedded database. */
    public Path db() {
        return root.resolve("db");
    }

    /** Sockets, pids, shared memory. */
    public Path run() {
        return root.resolve("run");
    }

    /** One log file per process. */
    public Path log() {
        return root.resolve("log");
    }

    /** Keys, readable by the owner alone. */
    public Path secrets() {
        return root.resolve("secrets");
    }
}
