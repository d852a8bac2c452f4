package io.sluice.master.supervisor;

import io.sluice.master.config.BadConfiguration;
import io.sluice.master.config.DataDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to be the master of a data directory. The kernel takes it back when the process dies,
 * however it dies, so that nothing stale can be left but files, which the next master replaces.
 */
public final class MasterLock implements AutoCloseable {
    private final FileChannel channel;
    private final Path pidFile;

    private MasterLock(FileChannel channel, Path pidFile) {
        this.channel = channel;
        this.pidFile = pidFile;
    }

    /**
     * Takes the lock and writes the pid file.
     *
     * @throws BadConfiguration if another master has it
     * @throws IOException if the file can't be made
     */
    public static MasterLock take(DataDirectory data) throws BadConfiguration, IOException {
        FileChannel channel =
                FileChannel.open(data.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new BadConfiguration(
                    "sluice.data = %s: pid %s runs on it already; ./sluice stop ends it, --data DIR starts another"
                            .formatted(data.root(), pid(data)));
        }
        Files.writeString(data.pidFile(), ProcessHandle.current().pid() + "\n");
        return new MasterLock(channel, data.pidFile());
    }

    private static String pid(DataDirectory data) {
        try {
            return Files.readString(data.pidFile()).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(pidFile);
        channel.close();
    }
}
