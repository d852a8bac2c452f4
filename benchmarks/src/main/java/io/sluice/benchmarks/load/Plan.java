package io.sluice.benchmarks.load;

/**
 * What the client is to send.
 *
 * @param port of the server, on 127.0.0.1
 * @param authorization the header's value; empty for none
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
        String authorization,
        Method method,
        String path,
        String content,
        long bodySize,
        int connections,
        int requests,
        double seconds,
        String created) {

    /** How a request is made. */
    public enum Method {
        /** To one path; the answer's Location names the upload. */
        POST,
        /** To a path of its own. */
        PUT,
        /** Of the paths in the file. */
        DELETE
    }
}
