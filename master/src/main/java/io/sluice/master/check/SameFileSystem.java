package io.sluice.master.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files move between some directories by rename, which is atomic only inside one file system.
 *
 * @param key the setting of the second directory
 * @param first one directory
 * @param second the other
 */
record SameFileSystem(String key, Path first, Path second) {
    /** The error, if they lie apart. */
    Optional<String> error() {
        try {
            Path one = existing(first);
            Path other = existing(second);
            if (Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"))) {
                return Optional.empty();
            }
            return Optional.of(
                    "%s = %s: must be on the same file system as %s".formatted(key, second, first));
        } catch (IOException e) {
            return Optional.of("%s = %s: can't be looked at: %s".formatted(key, second, e));
        }
    }

    /** A directory that isn't there yet will be on its nearest ancestor's file system. */
    private static Path existing(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path at = absolute; at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return at;
            }
        }
        return absolute;
    }
}
