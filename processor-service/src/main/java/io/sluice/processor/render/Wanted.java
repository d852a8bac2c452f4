package io.sluice.processor.render;

import io.sluice.model.ImageFormat;
import io.sluice.model.Job;
import io.sluice.model.Rendition;
import io.sluice.model.RenditionSpec;

/**
 * A rendition to make, in the format that was chosen for it.
 *
 * @param key of its cache entry
 */
record Wanted(RenditionSpec spec, ImageFormat format, String key) {
    static Wanted of(Job job, RenditionSpec spec, ImageFormat format) {
        return new Wanted(spec, format, spec.cacheKey(job.upload(), job.sha256(), format));
    }

    Rendition made(int width, int height, long size) {
        return new Rendition(spec.name(), key, format.contentType(), width, height, size);
    }
}
