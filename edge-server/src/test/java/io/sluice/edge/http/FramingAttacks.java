package io.sluice.edge.http;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Requests about whose end a proxy and the edge could be of two minds (RFC 9112, sections 6 and 7).
 * Behind each comes a request that must not be seen as one.
 */
final class FramingAttacks {
    private static final List<String> TARGETS =
            List.of("/api/v1/uploads", "/api/v1/tus", "/livez", "/api/v1/webhooks", "/nowhere");

    private final String key;

    FramingAttacks(String key) {
        this.key = key;
    }

    Stream<Attack> all() {
        return Stream.of(lengths(), codings(), both(), chunks()).flatMap(attacks -> attacks);
    }

    private Attack fields(String fields, String body) {
        return new Attack(fields.replace("\r\n", " | "), random -> request(random, fields, body));
    }

    private String request(Random random, String fields, String body) {
        return "POST %s HTTP/1.1\r\nHost: x\r\n%sAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 3\r\n%s%s\r\n\r\n%s%s"
                .formatted(
                        TARGETS.get(random.nextInt(TARGETS.size())),
                        Attack.padding(random),
                        key,
                        random.nextBoolean() ? "Content-Type: text/plain\r\n" : "",
                        fields,
                        body,
                        Attack.SMUGGLED);
    }

    private Stream<Attack> lengths() {
        return Stream.of(
                        "Content-Length: 3\r\nContent-Length: 4",
                        "Content-Length: 3\r\nContent-Length: 3",
                        "Content-Length: 3\r\nX: y\r\ncontent-length: 0",
                        "Content-Length: 3, 3",
                        "Content-Length: 3, 4",
                        "Content-Length: 3,",
                        "Content-Length: ,3",
                        "Content-Length: -3",
                        "Content-Length: +3",
                        "Content-Length: 0x3",
                        "Content-Length: 3h",
                        "Content-Length: 3.0",
                        "Content-Length: 3e0",
                        "Content-Length: 3 3",
                        "Content-Length: \"3\"",
                        "Content-Length: 3;a=b",
                        "Content-Length:",
                        "Content-Length: x",
                        "Content-Length: \u00b3",
                        "Content-Length: 9223372036854775808",
                        "Content-Length: 18446744073709551619",
                        "Content-Length: 99999999999999999999999999999999999999",
                        "Content-Length: -9223372036854775808",
                        "Content-Length: 3\r\n 4",
                        "Content-Length:\r\n 3",
                        "Content-Length : 3",
                        "Content-Length\t: 3",
                        " Content-Length: 3",
                        "Content-Length\u0000: 3",
                        "Content-Length: 3\u0000",
                        "Content-Length: 3\u000b")
                .map(fields -> fields(fields, "abc"));
    }

    private Stream<Attack> codings() {
        return Stream.of(
                        "Transfer-Encoding: chunked, chunked",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                        "Transfer-Encoding: chunked, identity",
                        "Transfer-Encoding: identity, chunked",
                        "Transfer-Encoding: identity",
                        "Transfer-Encoding: gzip, chunked",
                        "Transfer-Encoding: gzip",
                        "Transfer-Encoding: chunked, gzip",
                        "Transfer-Encoding: xchunked",
                        "Transfer-Encoding: chunkedx",
                        "Transfer-Encoding: \"chunked\"",
                        "Transfer-Encoding: 'chunked'",
                        "Transfer-Encoding: chunked;q=1",
                        "Transfer-Encoding: chunked ;a",
                        "Transfer-Encoding: chunked,",
                        "Transfer-Encoding: ,chunked",
                        "Transfer-Encoding: chunked\u0000",
                        "Transfer-Encoding: \u000bchunked",
                        "Transfer-Encoding: chunked\u000c",
                        "Transfer-Encoding:",
                        "Transfer-Encoding: ,",
                        "Transfer-Encoding:\r\n chunked",
                        "Transfer-Encoding: xchunked\r\n chunked",
                        "Transfer-Encoding: chunked\r\n ,identity",
                        "Transfer-Encoding: x\rTransfer-Encoding: chunked",
                        "Transfer-Encoding: x\nTransfer-Encoding: chunked",
                        "Transfer-Encoding : chunked",
                        "Transfer-Encoding\t: chunked",
                        " Transfer-Encoding: chunked",
                        "\tTransfer-Encoding: chunked",
                        "Transfer\u0000-Encoding: chunked",
                        "Transfer-Encoding\u00a0: chunked",
                        "Transfer-Encoding\r\n: chunked")
                .map(fields -> fields(fields, "3\r\nabc\r\n0\r\n\r\n"));
    }

    private Stream<Attack> both() {
        Stream<Attack> mixed =
                Stream.of(
                                "Content-Length: 3\r\nTransfer-Encoding: chunked",
                                "Transfer-Encoding: chunked\r\nContent-Length: 13",
                                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                                "Content-Length: 3\r\nTransfer-Encoding: identity",
                                "Content-Length: 3\r\nTransfer-Encoding: xchunked",
                                "Content-Length: 3\r\nTransfer-Encoding:\r\n chunked",
                                "Content-Length: x\r\nTransfer-Encoding: chunked",
                                "Content-Length: 3\r\nContent-Length: 4\r\nTransfer-Encoding: chunked")
                        .map(fields -> fields(fields, "3\r\nabc\r\n0\r\n\r\n"));
        Attack old =
                new Attack(
                        "a coding in HTTP/1.0",
                        random ->
                                request(
                                                random,
                                                "Transfer-Encoding: chunked",
                                                "3\r\nabc\r\n0\r\n\r\n")
                                        .replace("POST", "PUT")
                                        .replaceFirst("HTTP/1\\.1", "HTTP/1.0"));
        return Stream.concat(mixed, Stream.of(old));
    }

    /** A body that breaks off has no answer: the connection just ends. */
    private Stream<Attack> chunks() {
        return Stream.of(
                        "-1\r\nabc\r\n0\r\n\r\n",
                        "+3\r\nabc\r\n0\r\n\r\n",
                        "0x3\r\nabc\r\n0\r\n\r\n",
                        "x\r\nabc\r\n0\r\n\r\n",
                        "\r\nabc\r\n0\r\n\r\n",
                        "3 3\r\nabc\r\n0\r\n\r\n",
                        "3\u0000\r\nabc\r\n0\r\n\r\n",
                        " 3\r\nabc\r\n0\r\n\r\n",
                        "80000000\r\nabc\r\n0\r\n\r\n",
                        "100000003\r\nabc\r\n0\r\n\r\n",
                        "ffffffffffffffff3\r\nabc\r\n0\r\n\r\n",
                        "3\nabc\n0\n\n",
                        "3\r\nabc0\r\n\r\n",
                        "3\r\nabcd\r\n0\r\n\r\n",
                        "3\r\nabc\n0\r\n\r\n",
                        "3\r\nabc\r0\r\n\r\n",
                        "3;a\nb\r\nabc\r\n0\r\n\r\n",
                        "3;a\rb\r\nabc\r\n0\r\n\r\n",
                        "3;a=\"\nx\"\r\nabc\r\n0\r\n\r\n",
                        "3;" + "a".repeat(100_000) + "\r\nabc\r\n0\r\n\r\n",
                        "3\r\nabc\r\n0\r\nno colon\r\n\r\n",
                        "3\r\nabc\r\n0\r\n: empty\r\n\r\n",
                        "3\r\nabc\r\n0\r\nA: b\u0000\r\n\r\n",
                        "3\r\nabc\r\n0\r\nA: b\nC: d\r\n\r\n",
                        "3\r\nabc\r\n0\r\nA : b\r\n\r\n",
                        "3\r\nabc\r\n0\r\nA: b\r\n c\r\n\r\n",
                        "3 \r\nabc\r\n0\r\n\r\n",
                        "3\t\r\nabc\r\n0\r\n\r\n",
                        "3;a\u0000\r\nabc\r\n0\r\n\r\n",
                        ";a\r\nabc\r\n0\r\n\r\n",
                        "3\r\nabc\r\n0\r\nA: " + "b".repeat(100_000) + "\r\n\r\n")
                .map(this::chunked);
    }

    private Attack chunked(String body) {
        String name = body.replace("\r\n", " | ");
        return new Attack(
                "chunks: " + name.substring(0, Math.min(60, name.length())),
                random -> upload("Transfer-Encoding: chunked", body));
    }

    private String upload(String fields, String body) {
        return "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n%s%s"
                .formatted(key, fields, body, Attack.SMUGGLED);
    }
}
