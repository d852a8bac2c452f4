package io.sluice.edge.upload;

import java.io.IOException;

/**
 * A part of the edge's recurring work that another package brings.
 *
 * @param name completes "could not …"
 * @param seconds between the end of one run and the next
 */
public record Chore(String name, int seconds, Work work) {

    /** Short work that may fail; the failure is told to the log. */
    public interface Work {
        /** Does it once. Blocks. */
        void run() throws IOException;
    }
}
