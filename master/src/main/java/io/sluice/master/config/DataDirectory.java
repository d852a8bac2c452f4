package io.sluice.master.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The data directory, as far as the master uses it; the services know the rest of its layout. */
public record DataDirectory(Path root) {
    private static final List<String> DIRECTORIES =
            List.of(
                    "spool",
                    "store",
                    "quarantine",
                    "cache",
                    "cache-temp",
                    "db",
                    "run",
                    "log",
                    "secrets");

    /** Linux keeps 108 bytes for the path of a socket, with its end. */
    private static final int LONGEST_SOCKET_PATH = 107;

    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Creates what is missing, for the owner alone. What is there keeps its mode: it may have been
     * shared with a group on purpose.
     *
     * @throws BadConfiguration if the directory can't be used
     */
    public void create() throws BadConfiguration {
        if (socket().toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
            throw new BadConfiguration(
                    "sluice.data = %s: too long, a socket's path has at most %d bytes; choose a shorter directory"
                            .formatted(root, LONGEST_SOCKET_PATH));
        }
        var mode =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            for (String name : DIRECTORIES) {
                Files.createDirectories(root.resolve(name), mode);
            }
        } catch (IOException e) {
            throw new BadConfiguration(
                    "sluice.data = %s: can't be made: %s; choose a directory you may write"
                            .formatted(root, e));
        }
    }

    /** Where the master listens for its children and for commands. */
    public Path socket() {
        return root.resolve("run/master.sock");
    }

    /** Locked by the master that runs on this directory. */
    public Path lock() {
        return root.resolve("run/master.lock");
    }

    /** The running master's process id, for people and scripts. */
    public Path pidFile() {
        return root.resolve("run/master.pid");
    }

    /** A process's log file. */
    public Path log(String process) {
        return root.resolve("log").resolve(process + ".log");
    }

    /** The key that the first start writes. */
    public Path adminKey() {
        return root.resolve("secrets/admin.key");
    }
}
