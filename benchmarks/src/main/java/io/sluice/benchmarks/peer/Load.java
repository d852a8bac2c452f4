package io.sluice.benchmarks.peer;

import java.nio.file.Path;

/**
 * What is sent, whoever takes it.
 *
 * @param name that no other load of the run has
 * @param bodySize bytes of each upload
 * @param connections with one upload at a time on each
 * @param uploads in all
 * @param seconds after which none is begun any more
 * @param content a file that the bodies are cut from
 * @param created a file that takes the paths of the uploads made
 */
public record Load(
        String name,
        long bodySize,
        int connections,
        int uploads,
        double seconds,
        Path content,
        Path created) {
    /** Connections that deletions are sent on. */
    static final int DELETERS = 16;

    /** No deletion takes this long. */
    static final double PATIENCE_SECONDS = 600;
}
