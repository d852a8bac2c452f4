package io.sluice.edge.http.event;

import io.sluice.edge.event.EventFilter;

/**
 * What a client wants to be told.
 *
 * @param after the id to go on behind
 * @param forgotten the id up to which events are gone; above {@code after} if some were missed
 */
public record EventRequest(EventFilter filter, long after, long forgotten) {

    boolean hasMissed() {
        return forgotten > after;
    }

    /** An upload's stream ends with the upload. */
    boolean endsWithUpload() {
        return filter.upload() != null;
    }
}
