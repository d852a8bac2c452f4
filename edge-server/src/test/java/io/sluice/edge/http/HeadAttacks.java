package io.sluice.edge.http;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests whose line or fields are none (RFC 9112, sections 2 to 5), or too many. */
final class HeadAttacks {
    private static final String END = " HTTP/1.1\r\nHost: x\r\n\r\n";

    /** What is well framed is to end its connection, so that the one answer can be counted. */
    private static final String LAST = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private HeadAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(lines(), targets(), versions(), fields(), sizes(), binary())
                .flatMap(attacks -> attacks);
    }

    private static Attack attack(String name, String request) {
        return new Attack(
                name.replace("\r\n", " | ").replace("\n", "\\n"), _ -> request + Attack.SMUGGLED);
    }

    private static Stream<Attack> lines() {
        return Stream.of(
                        "GET /livez HTTP/1.1\nHost: x\n\n",
                        "GET /livez HTTP/1.1\r\nHost: x\n\r\n",
                        "GET /livez HTTP/1.1\nHost: x\r\n\r\n",
                        "GET /livez HTTP/1.1\rHost: x\r\r",
                        "GET /livez HTTP/1.1\r\nHost: x\rA: b\r\n\r\n",
                        "GET  /livez HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /livez  HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET\t/livez\tHTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET\u000b/livez HTTP/1.1\r\nHost: x\r\n\r\n",
                        " GET /livez HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /livez HTTP/1.1 x\r\nHost: x\r\n\r\n",
                        "GET /livez\r\nHost: x\r\n\r\n",
                        "GET\r\nHost: x\r\n\r\n",
                        "G\u0000T /livez HTTP/1.1\r\nHost: x\r\n\r\n",
                        "G(T /livez HTTP/1.1\r\nHost: x\r\n\r\n",
                        "/livez GET HTTP/1.1\r\nHost: x\r\n\r\n",
                        "\u0000GET /livez HTTP/1.1\r\nHost: x\r\n\r\n",
                        "\u0007\u0008GET /livez HTTP/1.1\r\nHost: x\r\n\r\n",
                        "\u00ff\u00feGET /livez HTTP/1.1\r\nHost: x\r\n\r\n",
                        ": /livez HTTP/1.1\r\nHost: x\r\n\r\n",
                        "PATCH /livez" + LAST)
                .map(request -> attack("line: " + request, request));
    }

    private static Stream<Attack> targets() {
        return Stream.of(
                        "livez",
                        "*",
                        "http://",
                        "http:///livez",
                        "http://x:99999999999/nowhere",
                        "http://[::1/nowhere",
                        "ftp://x/nowhere",
                        "javascript:alert(1)",
                        "HTTP://?x",
                        "x:443",
                        "//x/livez",
                        "/../livez/..%2f..%2fetc/passwd",
                        "/%2e%2e/%2e%2e/etc/passwd",
                        "/api/v1/uploads/..%2f..%2fdb%2fsluice.db/content",
                        "/api/v1/uploads/%00/content",
                        "/api/v1/uploads/%0d%0aX:y/content",
                        "/api/v1/uploads/../../../../etc/passwd",
                        "/%c0%ae%c0%ae/etc",
                        "/livez%",
                        "/livez%z1",
                        "/livez\u0001",
                        "/liv\u0000ez",
                        "/liv\u00e9z",
                        "/<script>",
                        "/a\\b",
                        "/{x}",
                        "/livez|x",
                        "/nowhere#fragment",
                        "/api/v1/uploads/;a=b;/../x",
                        "/nowhere?" + "a=b&".repeat(3000))
                .map(target -> attack("target: " + cut(target), "GET " + target + LAST));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), 50));
    }

    private static Stream<Attack> versions() {
        Stream<Attack> bad =
                Stream.of(
                                "HTTP/0.9",
                                "HTTP/2.0",
                                "HTTP/3.0",
                                "HTTP/9.9",
                                "HTTP/1.1.1",
                                "HTTP/11",
                                "HTTP/1",
                                "HTTP/1.",
                                "HTTP/.1",
                                "HTTP/01.1",
                                "HTTP/1.01",
                                "HTTP/-1.1",
                                "HTTP/+1.1",
                                "HTTP/99999999999.1",
                                "http/1.1",
                                "HTPP/1.1",
                                "HTTP",
                                "RTSP/1.0",
                                "ICY/1.1",
                                "HTTP/1.1\u0000")
                        .map(version ->
                                attack(
                                        "version: " + version,
                                        "GET /livez " + version + "\r\nHost: x\r\n\r\n"));
        Stream<Attack> connect =
                Stream.of("x:443", "/livez", "*", "")
                        .map(target -> attack("CONNECT " + target, "CONNECT " + target + END));
        return Stream.concat(bad, connect);
    }

    private static Stream<Attack> fields() {
        return Stream.of(
                        "",
                        "Host: x\r\nHost: y\r\n",
                        "Host: x\r\nHost: x\r\n",
                        "Host: x\r\nno colon\r\n",
                        "Host: x\r\n: no name\r\n",
                        "Host: x\r\nA B: c\r\n",
                        "Host: x\r\nA : b\r\n",
                        "Host: x\r\nA\t: b\r\n",
                        "Host: x\r\nA\u0000: b\r\n",
                        "Host: x\r\nA: b\u0000c\r\n",
                        "Host: x\r\nA: b\u0001c\r\n",
                        "Host: x\r\nA: b\u007fc\r\n",
                        "Host: x\r\nA: b\u000bc\r\n",
                        "Host: x\r\nA: b\r\n c\r\n",
                        "Host: x\r\nA: b\r\n\tc\r\n",
                        "Host:\r\n x\r\n",
                        " Host: x\r\n",
                        "Host : x\r\n",
                        "Host: x\r\n\u00e4: b\r\n",
                        "Host: x\r\n(A): b\r\n",
                        "Host: x\r\n\"A\": b\r\n",
                        "Host: x\r\nA@: b\r\n",
                        "Host: x\r\nA: b\r\r\n",
                        "Host: x\r\nA: \rb\r\n")
                .map(fields ->
                        attack("fields: " + fields, "GET /livez HTTP/1.1\r\n" + fields + "\r\n"));
    }

    private static Stream<Attack> sizes() {
        return Stream.of(
                attack("a line of 1 MB", "GET /" + "x".repeat(1 << 20) + END),
                attack("a method of 100 kB", "X".repeat(100_000) + " /livez" + END),
                attack(
                        "a version of 100 kB",
                        "GET /livez HTTP/" + "1".repeat(100_000) + "\r\n\r\n"),
                attack("a field of 1 MB", head("A: " + "b".repeat(1 << 20) + "\r\n")),
                attack("a name of 1 MB", head("b".repeat(1 << 20) + ": a\r\n")),
                attack("100,000 fields", head("A: b\r\n".repeat(100_000))),
                attack("10,000 cookies", head("Cookie: a=b\r\n".repeat(10_000))),
                attack("names that collide", head(colliding())),
                attack("a folded field of 1 MB", head("A: b\r\n" + " c\r\n".repeat(250_000))),
                attack("100,000 empty lines", "\r\n".repeat(100_000) + "nonsense\r\n\r\n"));
    }

    private static String head(String fields) {
        return "GET /livez HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
    }

    /** Names with the same hash: each two letters can be the other two. */
    private static String colliding() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 1 << 12; i++) {
            for (int bit = 0; bit < 12; bit++) {
                fields.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            fields.append(": x\r\n");
        }
        return fields.toString();
    }

    private static Stream<Attack> binary() {
        Stream<Attack> others =
                Stream.of(
                        attack("a TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"),
                        attack("an SSH hello", "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                        attack("HTTP/2 without being asked", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                        attack("a PROXY line", "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n"));
        Stream<Attack> noise =
                IntStream.range(0, 3)
                        .mapToObj(kind ->
                                new Attack(
                                        "noise " + kind,
                                        random -> {
                                            byte[] bytes = new byte[1 + random.nextInt(2000)];
                                            random.nextBytes(bytes);
                                            return new String(
                                                            bytes,
                                                            java.nio.charset.StandardCharsets
                                                                    .ISO_8859_1)
                                                    + "\r\n\r\n"
                                                    + Attack.SMUGGLED;
                                        }));
        return Stream.concat(others, noise);
    }
}
