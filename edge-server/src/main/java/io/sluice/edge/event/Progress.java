package io.sluice.edge.event;

import io.sluice.model.UploadId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much has come of the uploads that somebody watches. It is passing news: only the latest
 * number is kept, and none for an upload that nobody watches.
 *
 * <p>Concurrency: any thread may do anything. As many uploads are here as have subscribers, of
 * which there is a bounded number.
 */
final class Progress {
    private final Map<UploadId, Watched> uploads = new ConcurrentHashMap<>();

    private record Watched(AtomicLong received, int watchers) {
        Watched with(int more) {
            return new Watched(received, watchers + more);
        }
    }

    void watch(UploadId upload) {
        uploads.compute(
                upload,
                (_, known) -> known == null ? new Watched(new AtomicLong(), 1) : known.with(1));
    }

    void unwatch(UploadId upload) {
        uploads.computeIfPresent(
                upload, (_, known) -> known.watchers() == 1 ? null : known.with(-1));
    }

    void report(UploadId upload, long received) {
        Watched watched = uploads.get(upload);
        if (watched != null) {
            watched.received().set(received);
        }
    }

    /** Bytes received so far; 0 if nothing was reported. */
    long of(UploadId upload) {
        Watched watched = uploads.get(upload);
        return watched == null ? 0 : watched.received().get();
    }
}
