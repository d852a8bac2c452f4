package io.sluice.benchmarks.load;

import java.util.List;

/**
 * What the client is to send.
 *
 * @param port of the server, on 127.0.0.1
 * @param fields lines that every request's header has, without their ends
 * @param method says how requests are made
 * @param path what is posted to, or what the names of files that are put begin with
 * @param content a file that bodies are cut from; empty if they have none
 * @param bodySize bytes of each body
 * @param connections kept alive, with one request at a time on each
 * @param requests in all
 * @param seconds after which no request is begun any more
 * @param created a file that takes the path of each upload made, or names what is to be deleted
 */
public record Plan(
        int port,
        List<String> fields,
        Method method,
        String path,
        String content,
        long bodySize,
        int connections,
        int requests,
        double seconds,
        String created) {
    public Plan {
        fields = List.copyOf(fields);
    }

    /** How a request is made. */
    public enum Method {
        /** To one path; the answer's Location names the upload. */
        POST,
        /** To a path of its own. */
        PUT,
        /** As a form with one file, to one path. */
        FORM,
        /** By tus, in the request that creates the upload. */
        TUS_CREATION,
        /** By tus: one request creates the upload, a second one brings its bytes. */
        TUS_PATCH,
        /** Of the paths in the file. */
        DELETE
    }
}
