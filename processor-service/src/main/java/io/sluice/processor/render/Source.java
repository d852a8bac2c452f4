package io.sluice.processor.render;

import io.sluice.cache.Fill;
import io.sluice.model.UploadId;
import io.sluice.processor.original.Original;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An original as an image worker can open it. One of which this processor has only a descriptor is
 * copied first: workers are there before the job, and may have no right to its path either.
 */
record Source(Path path, @Nullable Fill copy) implements Closeable {

    static Source of(Original original, RenditionCache cache, UploadId upload) throws IOException {
        Path shared = original.path().orElse(null);
        if (shared != null) {
            return new Source(shared, null);
        }
        Fill copy = cache.scratch(upload);
        try {
            original.copyTo(copy.file());
            return new Source(copy.file().toAbsolutePath(), copy);
        } catch (IOException e) {
            copy.close();
            throw e;
        }
    }

    /** Deletes the copy. */
    @Override
    public void close() throws IOException {
        if (copy != null) {
            copy.close();
        }
    }
}
