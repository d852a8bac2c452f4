package io.sluice.edge.http.intake;

import java.util.List;
import java.util.Map;

/**
 * What a request brought.
 *
 * @param fields a form's text fields by name; none for a raw body
 */
public record Intake(List<ReceivedFile> files, Map<String, String> fields) {

    public Intake {
        files = List.copyOf(files);
        fields = Map.copyOf(fields);
    }

    /** Drops all files that the store has not taken over. Blocks. */
    public void discard() {
        files.forEach(ReceivedFile::discard);
    }
}
