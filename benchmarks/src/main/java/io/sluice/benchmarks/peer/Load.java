package io.sluice.benchmarks.peer;

import io.sluice.benchmarks.load.Plan;
import java.nio.file.Path;
import java.util.List;

/**
 * What is sent, whoever takes it.
 *
 * @param name that no other load of the run has
 * @param way it is sent
 * @param bodySize bytes of each upload
 * @param connections with one upload at a time on each
 * @param uploads in all
 * @param seconds after which none is begun any more
 * @param content a file that the bodies are cut from
 * @param created a file that takes the paths of the uploads made
 */
public record Load(
        String name,
        Way way,
        long bodySize,
        int connections,
        int uploads,
        double seconds,
        Path content,
        Path created) {
    /** Connections that deletions are sent on. */
    private static final int DELETERS = 16;

    /** No deletion takes this long. */
    private static final double PATIENCE_SECONDS = 600;

    /**
     * Puts it on a server.
     *
     * @param fields that each request's header has
     */
    Plan plan(int port, List<String> fields, Plan.Method method, String path) {
        return new Plan(
                port,
                fields,
                method,
                path,
                content.toString(),
                bodySize,
                connections,
                uploads,
                seconds,
                created.toString());
    }

    /** Deletes what it has made. */
    Plan deletion(int port, List<String> fields) {
        return new Plan(
                port,
                fields,
                Plan.Method.DELETE,
                "",
                "",
                0,
                DELETERS,
                0,
                PATIENCE_SECONDS,
                created.toString());
    }
}
