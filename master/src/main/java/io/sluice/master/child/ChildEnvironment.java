package io.sluice.master.child;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of the environment a child gets: what names its user, language and paths, and settings. The
 * rest may hold secrets of the shell that aren't meant for a process that parses strangers' files.
 */
final class ChildEnvironment {
    private static final Set<String> NAMES =
            Set.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LANG",
                    "TZ",
                    "TMPDIR",
                    "LD_LIBRARY_PATH",
                    "VIPS_CONCURRENCY");
    private static final List<String> PREFIXES =
            List.of("LC_", "SLUICE_", "SPRING_", "LOGGING_", "MANAGEMENT_", "SERVER_", "OTEL_");

    private ChildEnvironment() {}

    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> kept = new HashMap<>(environment);
        kept.keySet()
                .removeIf(name ->
                        !NAMES.contains(name) && PREFIXES.stream().noneMatch(name::startsWith));
        // Each arena of the C library's allocator costs megabytes that a small heap doesn't repay.
        kept.put("MALLOC_ARENA_MAX", "2");
        return kept;
    }
}
