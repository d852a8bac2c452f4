package io.sluice.edge.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks a version of the IETF's draft over raw sockets, one for each request, and sees the interim
 * responses. Fields are whole lines.
 *
 * @param version its interop version; empty to say none
 */
record IetfClient(int port, String key, String version) {
    static final String PATH = "/api/v1/uploads";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static IetfClient of(EdgeServer edge) {
        return new IetfClient(edge.port(), edge.adminKey(), "8");
    }

    IetfClient as(String otherKey) {
        return new IetfClient(port, otherKey, version);
    }

    IetfClient speaking(String other) {
        return new IetfClient(port, key, other);
    }

    /** A response's header. */
    record Head(int status, Map<String, String> fields) {
        static Head read(RawClient socket) throws IOException {
            List<String> lines = socket.readUntil("\r\n\r\n").strip().lines().toList();
            Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line : lines.subList(1, lines.size())) {
                int colon = line.indexOf(':');
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
            return new Head(Integer.parseInt(lines.getFirst().substring(9, 12)), fields);
        }

        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /** All that came for one request. */
    record Reply(List<Head> interims, Head last, String body) {
        int status() {
            return last.status();
        }

        String field(String name) {
            return last.field(name);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        String code() {
            return json().path("code").asString("");
        }

        /** The interim responses of the draft. */
        List<Head> resumptions() {
            return interims.stream().filter(head -> head.status() == 104).toList();
        }
    }

    /** A request that is under way. */
    static final class Conversation implements AutoCloseable {
        private final RawClient socket;
        private final boolean isHead;

        private Conversation(RawClient socket, boolean isHead) {
            this.socket = socket;
            this.isHead = isHead;
        }

        Conversation send(String bytes) throws IOException {
            socket.send(bytes);
            return this;
        }

        Head readHead() throws IOException {
            return Head.read(socket);
        }

        /** The interim response that tells at least so many bytes. */
        Head readProgress(long least) throws IOException {
            while (true) {
                Head head = readHead();
                if (head.status() != 104) {
                    throw new AssertionError("no interim response any more: " + head);
                }
                String offset = head.field("Upload-Offset");
                if (!offset.isEmpty() && Long.parseLong(offset) >= least) {
                    return head;
                }
            }
        }

        Reply readReply() throws IOException {
            List<Head> interims = new ArrayList<>();
            Head head = readHead();
            while (head.status() < 200) {
                interims.add(head);
                head = readHead();
            }
            String length = head.field("Content-Length");
            boolean isEmpty = isHead || length.isEmpty() || head.status() == 204;
            return new Reply(interims, head, isEmpty ? "" : socket.read(Integer.parseInt(length)));
        }

        /** Ends the connection as a client does that is killed. */
        void cut() throws IOException {
            socket.reset();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Sends a request's header, and whatever of its body. */
    Conversation begin(String method, String path, String body, String... fields)
            throws IOException {
        StringBuilder text =
                new StringBuilder("%s %s HTTP/1.1\r\nHost: x\r\n".formatted(method, path));
        if (!key.isEmpty()) {
            text.append("Authorization: Bearer ").append(key).append("\r\n");
        }
        if (!version.isEmpty()) {
            text.append("Upload-Draft-Interop-Version: ").append(version).append("\r\n");
        }
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        text.append("\r\n").append(body);
        return new Conversation(
                new RawClient(port).send(text.toString()),
                method.toUpperCase(Locale.ROOT).equals("HEAD"));
    }

    /** A whole request with its Content-Length. */
    Reply send(String method, String path, String body, String... fields) throws IOException {
        List<String> all = new ArrayList<>(List.of(fields));
        if (!method.equals("HEAD") && !method.equals("GET")) {
            all.add("Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length);
        }
        try (Conversation conversation = begin(method, path, body, all.toArray(String[]::new))) {
            return conversation.readReply();
        }
    }

    /** Begins an upload of text, which is not complete yet. */
    String create(String body, String... fields) throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "Upload-Complete: ?0",
                                "Content-Type: text/plain",
                                "Content-Disposition: inline; filename=\"clean.txt\""));
        all.addAll(List.of(fields));
        return send("POST", PATH, body, all.toArray(String[]::new)).field("Location");
    }

    Reply patch(String upload, long offset, boolean isLast, String body, String... more)
            throws IOException {
        return send("PATCH", upload, body, ofPatch(offset, isLast, more));
    }

    /** The fields of an append. */
    static String[] ofPatch(long offset, boolean isLast, String... more) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "Content-Type: application/partial-upload",
                                "Upload-Offset: " + offset,
                                "Upload-Complete: " + (isLast ? "?1" : "?0")));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    Reply head(String upload) throws IOException {
        return send("HEAD", upload, "");
    }

    long offset(String upload) throws IOException {
        return Long.parseLong(head(upload).field("Upload-Offset"));
    }
}
