package io.sluice.edge.event;

import io.sluice.model.UploadId;

/**
 * Somebody who is told when there is something new. It is told only that: what there is it reads at
 * its own pace, so that nothing is kept for a slow one.
 */
public final class Subscription implements AutoCloseable {
    private static final int PAGE = 64;

    private final Events events;
    private final EventFilter filter;
    private final Runnable onMore;

    Subscription(Events events, EventFilter filter, Runnable onMore) {
        this.events = events;
        this.filter = filter;
        this.onMore = onMore;
    }

    /** The next events behind the id. Blocks. */
    public EventPage after(long id) {
        return events.after(id, filter, PAGE);
    }

    /** Bytes of the subscribed upload that have come so far; 0 if that isn't known. */
    public long progress() {
        UploadId upload = filter.upload();
        return upload == null ? 0 : events.progressOf(upload);
    }

    EventFilter filter() {
        return filter;
    }

    void tell(EventPage page) {
        if (page.events().stream().anyMatch(filter::lets)) {
            onMore.run();
        }
    }

    /** It may have missed something. */
    void tellAnyway() {
        onMore.run();
    }

    @Override
    public void close() {
        events.leave(this);
    }
}
