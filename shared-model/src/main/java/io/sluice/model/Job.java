package io.sluice.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to process one original.
 *
 * @param attempt from 1; committed before the job is sent, and the fencing token of its outcome
 * @param path of the original, relative to the store's root
 * @param size in bytes
 * @param filename as the client gave it
 * @param declaredType the client's Content-Type
 * @param renditions the ones to make
 * @param deadline when the processor gives up
 * @param traceParent W3C Trace Context of the request that caused it, or empty
 */
public record Job(
        JobId id,
        int attempt,
        Kind kind,
        UploadId upload,
        String path,
        long size,
        Sha256 sha256,
        @Nullable String filename,
        @Nullable String declaredType,
        Policy policy,
        List<RenditionSpec> renditions,
        Instant deadline,
        String traceParent) {

    /** What is to be done. */
    public enum Kind {
        /** Check, scan and make the eager renditions. */
        PROCESS,
        /** Make renditions of an original that is known clean. */
        RENDER
    }

    public Job {
        renditions = List.copyOf(renditions);
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt %d: the first is 1".formatted(attempt));
        }
        if (size < 0) {
            throw new IllegalArgumentException("size %d: can't be negative".formatted(size));
        }
        if (!isBelowRoot(path)) {
            throw new IllegalArgumentException("path leaves the store's root: " + path);
        }
    }

    private static boolean isBelowRoot(String path) {
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (end == start
                    || (end == start + 1 && path.startsWith(".", start))
                    || (end == start + 2 && path.startsWith("..", start))) {
                return false;
            }
            start = end + 1;
        }
        return path.indexOf('\0') < 0;
    }
}
