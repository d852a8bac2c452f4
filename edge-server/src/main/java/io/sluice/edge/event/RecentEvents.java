package io.sluice.edge.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The newest events, in memory, so that many subscribers cost one query. Who is further behind is
 * served from the table.
 *
 * <p>Concurrency: one thread adds, any may read; the monitor guards everything and is held for a
 * copy of a few references.
 */
final class RecentEvents {
    private static final int MOST = 1024;

    private final Deque<Event> events = new ArrayDeque<>();

    /** Until it is started there is nothing that it could serve. */
    private long behind = Long.MAX_VALUE;

    private long upTo;

    /** Forgets all; the next events to be added are those behind the id. */
    synchronized void restart(long id) {
        events.clear();
        behind = id;
        upTo = id;
    }

    synchronized long upTo() {
        return upTo;
    }

    synchronized void add(EventPage page) {
        upTo = page.upTo();
        for (Event event : page.events()) {
            if (events.size() == MOST) {
                behind = events.remove().id();
            }
            events.add(event);
        }
    }

    /** The events behind the id; empty if they aren't all here. */
    synchronized Optional<EventPage> after(long id, EventFilter filter, int limit) {
        if (id < behind || id > upTo) {
            return Optional.empty();
        }
        List<Event> page = new ArrayList<>();
        for (Event event : events) {
            if (event.id() > id && filter.lets(event)) {
                page.add(event);
                if (page.size() == limit) {
                    return Optional.of(new EventPage(page, event.id(), false));
                }
            }
        }
        return Optional.of(new EventPage(page, upTo, true));
    }
}
