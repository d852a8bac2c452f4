package io.sluice.edge.content;

import io.sluice.cache.CachedFile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a request for a rendition. */
public sealed interface RenditionAnswer {

    /** Its file, open; the caller closes it. */
    record Found(CachedFile file, CacheStatus status) implements RenditionAnswer {}

    /** The upload's profile has no rendition of that name. */
    record Unknown() implements RenditionAnswer {}

    /**
     * It can't be had.
     *
     * @param reason one sentence for the client
     * @param retryAfter when to ask again; null if that is no use
     */
    record Unavailable(String reason, @Nullable Duration retryAfter) implements RenditionAnswer {}
}
