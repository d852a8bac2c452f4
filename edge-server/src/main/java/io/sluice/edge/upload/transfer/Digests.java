package io.sluice.edge.upload.transfer;

import io.sluice.edge.spool.RunningDigest;
import io.sluice.model.UploadId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The digests of unfinished uploads between their requests, so that their bytes are read once. Only
 * the latest are kept, some hundred bytes each; an upload without one is read again at its end.
 *
 * <p>Concurrency: guarded by itself. A digest belongs to whoever has taken it.
 */
final class Digests {
    private static final int MOST = 10_000;

    private final Map<UploadId, RunningDigest> latest = new LinkedHashMap<>();

    synchronized @Nullable RunningDigest take(UploadId id) {
        return latest.remove(id);
    }

    synchronized void put(UploadId id, RunningDigest digest) {
        latest.put(id, digest);
        if (latest.size() > MOST) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    synchronized void forget(UploadId id) {
        latest.remove(id);
    }
}
