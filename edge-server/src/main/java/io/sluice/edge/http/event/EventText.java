package io.sluice.edge.http.event;

import io.sluice.edge.event.CloudEvent;
import io.sluice.edge.event.Event;
import io.sluice.edge.event.EventPage;
import io.sluice.model.UploadId;

/** How a stream spells things (HTML standard, section 9.2). */
final class EventText {
    /** Keeps the connection open. */
    static final String HEARTBEAT = ":\n\n";

    private EventText() {}

    /** How long a client waits before it comes back, as the first thing of a stream. */
    static String retry(long millis) {
        return "retry: " + millis + "\n\n";
    }

    /**
     * Tells that events were forgotten that the client has not seen. It has no id: it is nothing to
     * resume from.
     */
    static String lost(long forgotten) {
        return "event: lost\ndata: {\"upTo\":" + forgotten + "}\n\n";
    }

    /** How much of the upload has come. It has no id: the next one makes it worthless. */
    static String progress(UploadId upload, long received) {
        return "event: progress\ndata: {\"upload\":\"%s\",\"received\":%d}\n\n"
                .formatted(upload, received);
    }

    static String page(EventPage page) {
        StringBuilder text = new StringBuilder();
        for (Event event : page.events()) {
            text.append("id: ").append(event.id()).append("\ndata: ");
            text.append(CloudEvent.of(event).text()).append("\n\n");
        }
        return text.toString();
    }
}
