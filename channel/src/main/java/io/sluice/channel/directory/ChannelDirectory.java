package io.sluice.channel.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The directory where processors and edges meet: nobody else may put anything there. */
public final class ChannelDirectory {
    private ChannelDirectory() {}

    /**
     * Creates it (0700), or checks who can write to it.
     *
     * @param setting that names it
     * @throws IOException when it can't be made
     * @throws IllegalStateException when others may write to it
     */
    public static Path open(Path path, String setting) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        if (mode.contains(PosixFilePermission.GROUP_WRITE)
                || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IllegalStateException(
                    "%s = %s: others may write to it (%s); chmod 0700 it"
                            .formatted(setting, path, PosixFilePermissions.toString(mode)));
        }
        return path;
    }
}
