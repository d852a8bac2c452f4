package io.sluice.edge.content;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Looks at answers about renditions. */
public final class TestRenditions {
    private TestRenditions() {}

    /** The cache status of a rendition that must have been found; its file is closed. */
    public static CacheStatus statusOf(CompletableFuture<RenditionAnswer> answer) throws Exception {
        RenditionAnswer.Found found = (RenditionAnswer.Found) answer.get(10, TimeUnit.SECONDS);
        found.file().close();
        return found.status();
    }
}
