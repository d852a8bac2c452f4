package io.sluice.edge.event;

import java.util.List;

/**
 * A few events in a row.
 *
 * @param events oldest first
 * @param upTo the id to go on behind; events that the filter held back are below it too
 * @param isLast whether there was nothing more behind it
 */
public record EventPage(List<Event> events, long upTo, boolean isLast) {

    public EventPage {
        events = List.copyOf(events);
    }
}
