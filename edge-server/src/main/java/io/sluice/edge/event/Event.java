package io.sluice.edge.event;

import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.time.Instant;

/**
 * An upload has changed its state.
 *
 * @param id grows with each event of this database; what a stream resumes from
 * @param uid names it everywhere, also where events of several installations meet
 * @param type {@code upload.} and the state
 * @param data a JSON object, as text
 */
public record Event(
        long id, String uid, UploadId upload, String tenant, String type, Instant at, String data) {
    private static final String PREFIX = "upload.";

    /** The type of the event that an upload has reached the state. */
    public static String typeOf(UploadState state) {
        return PREFIX + state.word();
    }

    /** Whether nothing more happens to the upload by itself. */
    public boolean isEnd() {
        return UploadState.ofWord(type.substring(PREFIX.length())).isEnd();
    }
}
