package io.sluice.master.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The JDK's ahead-of-time cache of a program: its classes, loaded and linked, and the profiles of
 * its methods, in a file beside its jar. It fits only the JDK, the class path and the flags that
 * made it; the JVM leaves any other aside.
 */
final class AotCache {
    private AotCache() {}

    /**
     * The JVM's flag for a program, if there is one to give.
     *
     * @param training whether this run is to make the cache
     */
    static Optional<String> flag(Path jar, boolean training) {
        String name = String.valueOf(jar.getFileName());
        Path cache = jar.resolveSibling(name.replaceFirst("\\.jar$", ".aot"));
        if (training) {
            return Optional.of("-XX:AOTCacheOutput=" + cache);
        }
        return isNewer(cache, jar) ? Optional.of("-XX:AOTCache=" + cache) : Optional.empty();
    }

    private static boolean isNewer(Path cache, Path jar) {
        try {
            return Files.size(cache) > 0
                    && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar))
                            > 0;
        } catch (IOException e) {
            // Normally there is none; a start without it is only slower.
            return false;
        }
    }
}
