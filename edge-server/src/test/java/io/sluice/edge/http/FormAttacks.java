package io.sluice.edge.http;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** Forms that are none (RFC 2046 and 7578), or too much, in requests that are well framed. */
final class FormAttacks {
    private static final String DISPOSITION = "Content-Disposition: form-data; ";
    private static final String FILE = DISPOSITION + "name=\"file\"; filename=\"a\"";

    private final String key;

    FormAttacks(String key) {
        this.key = key;
    }

    Stream<Attack> all() {
        return Stream.of(boundaries(), ends(), headers(), amounts(), names())
                .flatMap(attacks -> attacks);
    }

    private Attack form(String name, String boundary, String body) {
        return form(name, boundary, _ -> body);
    }

    private Attack form(String name, String boundary, Function<Random, String> body) {
        return new Attack(
                "form: " + name,
                random -> post("multipart/form-data; boundary=" + boundary, body.apply(random)));
    }

    /** The client means to end the connection, so that the one answer can be counted. */
    private String post(String type, String body) {
        return "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(key, type, body.getBytes(StandardCharsets.ISO_8859_1).length, body);
    }

    private static String part(String boundary, String header, String content) {
        return "--" + boundary + "\r\n" + header + "\r\n\r\n" + content + "\r\n";
    }

    private static String file(String boundary, String content) {
        return part(boundary, FILE, content) + "--" + boundary + "--\r\n";
    }

    private Stream<Attack> boundaries() {
        Stream<Attack> bad =
                Stream.of(
                                "",
                                "\"\"",
                                "\" \"",
                                "\"a \"",
                                "\u00e4",
                                "a\u0001b",
                                "\"a\"b",
                                "a\\b",
                                "{a}")
                        .map(boundary ->
                                form("boundary " + boundary, boundary, file(boundary, "x")));
        Stream<Attack> long_ =
                Stream.of(71, 4091, 4092, 4093, 4094, 4095, 4096, 8192)
                        .map(length ->
                                form(
                                        "a boundary of " + length,
                                        "b".repeat(length),
                                        nearMisses("b".repeat(length))));
        Stream<Attack> types =
                Stream.of(
                                "multipart/form-data",
                                "multipart/*; boundary=a",
                                "*/*; boundary=a",
                                "multipart/mixed; boundary=a",
                                "multipart/form-data; boundary",
                                "multipart/form-data; charset=utf-8",
                                "multipart/form-data; boundary=a; boundary=b",
                                "multipart/form-data boundary=a",
                                "multipart/; boundary=a",
                                "/form-data; boundary=a")
                        .map(type -> new Attack("type: " + type, _ -> post(type, file("a", "x"))));
        return Stream.of(bad, long_, types).flatMap(attacks -> attacks);
    }

    /** Much that is nearly the delimiter, and never the end. */
    private static String nearMisses(String boundary) {
        String almost = "\r\n--" + boundary.substring(0, boundary.length() - 1);
        return part(boundary, FILE, "")
                + almost.repeat(Math.max(1, 100_000 / almost.length()))
                + "\r\n--";
    }

    private Stream<Attack> ends() {
        String first = part("b0", FILE, "x");
        return Stream.of(
                form("no body", "b0", ""),
                form("no delimiter", "b0", "x".repeat(1000)),
                form("no final delimiter", "b0", first),
                form("half a final delimiter", "b0", first + "--b0-"),
                form("a final delimiter of another", "b0", first + "--b1--\r\n"),
                form("a delimiter in other letters", "b0", first + "--B0--\r\n"),
                form("text behind a delimiter", "b0", first + "--b0x\r\n"),
                form("only bare line feeds", "b0", file("b0", "x").replace("\r\n", "\n")),
                form("only carriage returns", "b0", file("b0", "x").replace("\r\n", "\r")),
                form(
                        "a line feed behind the delimiter",
                        "b0",
                        file("b0", "x").replaceFirst("\r\n", "\n")),
                form("padding without end", "b0", "--b0" + " ".repeat(100_000)),
                form("a preamble of 1 MB", "b0", "p".repeat(1 << 20) + "\r\n" + file("b0", "x")),
                form("an epilogue of 1 MB", "b0", file("b0", "x") + "e".repeat(1 << 20)),
                form("near misses", "b0", nearMisses("b0")),
                form("near misses of dashes", "--------------", nearMisses("--------------")),
                form(
                        "near misses of any length",
                        "bbbbbbbbbbbbbbbbbbbbbbbbb0",
                        random -> {
                            StringBuilder body =
                                    new StringBuilder(part("bbbbbbbbbbbbbbbbbbbbbbbbb0", FILE, ""));
                            for (int i = 0; i < 2000; i++) {
                                body.append(
                                        "\r\n--bbbbbbbbbbbbbbbbbbbbbbbbb0",
                                        0,
                                        1 + random.nextInt(29));
                            }
                            return body.toString();
                        }),
                form("only a final delimiter", "b0", "--b0--\r\n"),
                form("a part inside a part", "b0", nested()));
    }

    private static String nested() {
        return part(
                        "b0",
                        DISPOSITION + "name=\"file\"\r\nContent-Type: multipart/mixed; boundary=b1",
                        "--b1\r\nContent-Disposition: file; filename=\"a\"\r\n\r\nx\r\n--b1--")
                + "--b0--\r\n";
    }

    private Stream<Attack> headers() {
        return Stream.of(
                        "no colon",
                        ": no name",
                        "A B: c",
                        FILE + "\r\n" + FILE,
                        FILE + "\r\nA: b\r\nA: c",
                        FILE + "\r\n folded",
                        FILE + "\u0000",
                        FILE + "\nContent-Type: x",
                        FILE + "\rContent-Type: x",
                        FILE + "\r\nContent-Transfer-Encoding: base64",
                        FILE + "\r\nContent-Transfer-Encoding: quoted-printable",
                        "Content-Type: text/plain",
                        "Content-Disposition: form-data",
                        "Content-Disposition:",
                        "Content-Disposition: ;name=file",
                        DISPOSITION + "name=\"file",
                        DISPOSITION + "name=\"file\"; filename=\"a",
                        DISPOSITION + "name=\"file\"; name=\"file\"; filename=\"a\"",
                        DISPOSITION + "name=\"file\"; filename=\"a\"; filename=\"b\"",
                        DISPOSITION + "name=\"other\"; filename=\"a\"",
                        DISPOSITION + "filename=\"a\"",
                        DISPOSITION + "name=\"file\"; =\"a\"")
                .map(header ->
                        form(
                                "header " + header.replace("\r\n", " | "),
                                "b0",
                                part("b0", header, "x") + "--b0--\r\n"));
    }

    private Stream<Attack> amounts() {
        return Stream.of(
                form("10,000 parts", "b0", part("b0", FILE, "").repeat(10_000) + "--b0--\r\n"),
                form("10,000 fields", "b0", fields(10_000)),
                form("65 parts", "b0", fields(65)),
                form("11 files", "b0", part("b0", FILE, "x").repeat(11) + "--b0--\r\n"),
                form(
                        "a part's header of 1 MB",
                        "b0",
                        part("b0", FILE + "\r\nA: " + "a".repeat(1 << 20), "x") + "--b0--\r\n"),
                form("a part's header without end", "b0", "--b0\r\n" + "A: b\r\n".repeat(100_000)),
                form(
                        "a field's name of 100 kB",
                        "b0",
                        part("b0", DISPOSITION + "name=\"" + "n".repeat(100_000) + "\"", "x")
                                + "--b0--\r\n"),
                form(
                        "a field of 1 MB",
                        "b0",
                        part(
                                        "b0",
                                        DISPOSITION + "name=\"metadata\"",
                                        "{" + " ".repeat(1 << 20) + "}")
                                + file("b0", "x")),
                form("a file of 5 MB", "b0", file("b0", "x".repeat(5 << 20))),
                form(
                        "metadata that is deep",
                        "b0",
                        part(
                                        "b0",
                                        DISPOSITION + "name=\"metadata\"",
                                        "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000))
                                + file("b0", "x")),
                form(
                        "metadata with a long number",
                        "b0",
                        part(
                                        "b0",
                                        DISPOSITION + "name=\"metadata\"",
                                        "{\"a\":" + "9".repeat(50_000) + "}")
                                + file("b0", "x")),
                form(
                        "metadata twice",
                        "b0",
                        part("b0", DISPOSITION + "name=\"metadata\"", "{}").repeat(2)
                                + file("b0", "x")),
                form(
                        "metadata that is none",
                        "b0",
                        part("b0", DISPOSITION + "name=\"metadata\"", "[]") + file("b0", "x")));
    }

    private static String fields(int count) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < count; i++) {
            body.append(part("b0", DISPOSITION + "name=\"f" + i + "\"", "x"));
        }
        return body + file("b0", "x");
    }

    private Stream<Attack> names() {
        return Stream.of(
                form(
                        "a charset that is none",
                        "b0",
                        part("b0", DISPOSITION + "name=\"_charset_\"", "\u0000") + file("b0", "x")),
                form(
                        "a field in a charset that is none",
                        "b0",
                        part(
                                        "b0",
                                        DISPOSITION
                                                + "name=\"metadata\"\r\nContent-Type: text/plain; charset=../../x",
                                        "{}")
                                + file("b0", "x")),
                form(
                        "a profile that is none",
                        "b0",
                        part("b0", DISPOSITION + "name=\"profile\"", "../../etc/passwd")
                                + file("b0", "x")),
                form(
                        "a field that is no UTF-8",
                        "b0",
                        part("b0", DISPOSITION + "name=\"profile\"", "\u00ff\u00fe")
                                + file("b0", "x")));
    }
}
