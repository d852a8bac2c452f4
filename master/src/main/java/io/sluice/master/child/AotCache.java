package io.sluice.master.child;

import java.nio.file.Path;

/** The JDK's ahead-of-time cache of a program: loaded and linked classes, beside its jar. */
final class AotCache {
    private AotCache() {}

    /** Where a program's cache lies. */
    static Path of(Path jar) {
        String name = String.valueOf(jar.getFileName());
        return jar.resolveSibling(name.replaceFirst("\\.jar$", ".aot"));
    }

    /** What makes the JVM use it; one that doesn't fit any more is left aside silently. */
    static String flag(Path cache) {
        return "-XX:AOTCache=" + cache;
    }
}
