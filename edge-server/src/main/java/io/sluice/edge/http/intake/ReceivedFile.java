package io.sluice.edge.http.intake;

import io.sluice.edge.spool.SpoolFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that came whole.
 *
 * @param bytes in the spool; whoever has this record has them accepted or discards them
 * @param filename cleaned
 * @param declaredType its Content-Type as sent
 */
public record ReceivedFile(
        SpoolFile bytes, @Nullable String filename, @Nullable String declaredType) {
    private static final Logger log = LoggerFactory.getLogger(ReceivedFile.class);

    /** Drops the bytes, unless the store has taken them over. Blocks. */
    public void discard() {
        try {
            bytes.close();
        } catch (IOException e) {
            log.warn("upload {} stays in the spool until the next start", bytes.id(), e);
        }
    }
}
