package io.sluice.processor.render;

import io.sluice.cache.CachedFile;
import io.sluice.cache.DiskCache;
import io.sluice.cache.Fill;
import io.sluice.model.Rendition;
import io.sluice.model.UploadId;
import io.sluice.processor.check.ImageBytes;
import io.sluice.processor.check.ImageHeader;
import io.sluice.processor.check.MalformedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The disk cache as the render step sees it: renditions in, and those of a former attempt out. */
final class RenditionCache {
    private final DiskCache cache;

    RenditionCache(DiskCache cache) {
        this.cache = cache;
    }

    /** The rendition, if an attempt before made it; its size in pixels stands in its own header. */
    Optional<Rendition> find(Wanted wanted) throws IOException {
        Optional<CachedFile> found = cache.find(wanted.key());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (CachedFile file = found.get()) {
            ImageBytes bytes =
                    new ImageBytes((at, target) -> read(file, at, target), file.bodyLength());
            return ImageHeader.read(wanted.format().contentType(), bytes)
                    .map(header -> wanted.made(header.width(), header.height(), file.bodyLength()));
        } catch (MalformedImage e) {
            // Made again then; the commit replaces it.
            return Optional.empty();
        }
    }

    private static int read(CachedFile file, long at, ByteBuffer target) throws IOException {
        int start = target.position();
        long left = file.bodyLength() - at;
        target.limit((int) Math.min(target.limit(), start + left));
        int length = 0;
        while (target.hasRemaining() && length >= 0) {
            length =
                    file.channel().read(target, file.bodyOffset() + at + target.position() - start);
        }
        return target.position() - start;
    }

    /** A file for a while, which is never put into the cache; the caller closes it. */
    Fill scratch(UploadId upload) throws IOException {
        return cache.fill(upload + "/original", "application/octet-stream", List.of());
    }

    /** A file to write the rendition into, which the caller closes. */
    Fill fill(Wanted wanted, UploadId upload) throws IOException {
        return cache.fill(wanted.key(), wanted.format().contentType(), List.of(upload.toString()));
    }
}
