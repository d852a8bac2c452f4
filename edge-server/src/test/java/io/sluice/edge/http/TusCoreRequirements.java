package io.sluice.edge.http;

import static io.sluice.edge.http.TusDialogue.BYTES;
import static io.sluice.edge.http.TusDialogue.LENGTH;
import static io.sluice.edge.http.TusDialogue.NOWHERE;
import static io.sluice.edge.http.TusDialogue.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.util.List;
import java.util.stream.Stream;

/** The Core Protocol's requirements of a server, in the order of the text. */
final class TusCoreRequirements {
    private TusCoreRequirements() {}

    static Stream<TusRequirement> all() {
        return Stream.of(numbers(), versions(), lists(), overrides(), head(), patch(), options())
                .flatMap(rows -> rows);
    }

    private static TusRequirement row(
            String section, String says, TusRequirement.Exchange exchange) {
        return new TusRequirement(section, says, exchange);
    }

    private static Stream<TusRequirement> numbers() {
        return Stream.of(
                row(
                        "Core / Upload-Offset",
                        "MUST be a non-negative integer, in both directions",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            assertThat(tus.tus().head(upload).header(OFFSET)).matches("\\d+");
                            for (String bad : List.of("-1", "+0", "0.0", "0x0", "x", "", "0 0")) {
                                tus.expect(400, patchAt(tus, upload, bad));
                            }
                            tus.expectOffset(0, upload);
                        }),
                row(
                        "Core / Upload-Length",
                        "MUST be a non-negative integer, in both directions",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            assertThat(tus.tus().head(upload).header(LENGTH)).isEqualTo("9");
                            for (String bad : List.of("-1", "+9", "9.0", "0x9", "x", "", "9 9")) {
                                tus.expect(400, tus.tus().create(LENGTH, bad));
                            }
                        }));
    }

    private static Answer patchAt(TusDialogue tus, String upload, String offset) throws Exception {
        return tus.tus().send("PATCH", upload, "x", "Content-Type", BYTES, OFFSET, offset);
    }

    private static Stream<TusRequirement> versions() {
        return Stream.of(
                row(
                        "Core / Tus-Version",
                        "MUST list the versions by commas, the preferred one first",
                        tus -> assertThat(tus.listed("Tus-Version")).containsExactly("1.0.0")),
                row(
                        "Core / Tus-Resumable",
                        "MUST be in every response, and be the server's version",
                        tus -> {
                            for (Answer answer : tus.answersOfAllKinds()) {
                                assertThat(answer.header("Tus-Resumable"))
                                        .as(answer.status() + " " + answer.text())
                                        .isEqualTo("1.0.0");
                            }
                        }),
                row(
                        "Core / Tus-Resumable",
                        "a version that is not supported MUST be answered with 412 and Tus-Version",
                        tus -> {
                            for (String method : List.of("POST", "HEAD", "PATCH", "DELETE")) {
                                for (String version : List.of("", "0.2.2", "1.0", "2.0.0")) {
                                    Answer answer = tus.inVersion(version, method, NOWHERE);
                                    tus.expect(412, answer);
                                    assertThat(answer.header("Tus-Version")).isEqualTo("1.0.0");
                                }
                            }
                        }),
                row(
                        "Core / Tus-Resumable",
                        "such a request MUST NOT be processed",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            tus.expect(412, tus.inVersion("0.2.2", "DELETE", upload));
                            tus.expectOffset(0, upload);
                        }));
    }

    private static Stream<TusRequirement> lists() {
        return Stream.of(
                row(
                        "Core / Tus-Extension",
                        "MUST list the extensions by commas",
                        tus ->
                                assertThat(tus.listed("Tus-Extension"))
                                        .doesNotHaveDuplicates()
                                        .allMatch(name -> name.matches("[a-z-]+"))),
                row(
                        "Core / Tus-Max-Size",
                        "MUST be a non-negative integer; SHOULD be there if there is a limit",
                        tus ->
                                assertThat(tus.options().header("Tus-Max-Size"))
                                        .isEqualTo(Integer.toString(4 << 20))));
    }

    private static Stream<TusRequirement> overrides() {
        return Stream.of(
                row(
                        "Core / X-HTTP-Method-Override",
                        "MUST be taken for the request's method",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            tus.expect(
                                    204,
                                    tus.tus()
                                            .send(
                                                    "POST",
                                                    upload,
                                                    "hello",
                                                    "X-HTTP-Method-Override",
                                                    "PATCH",
                                                    "Content-Type",
                                                    BYTES,
                                                    OFFSET,
                                                    "0"));
                            tus.expectOffset(5, upload);
                        }),
                row(
                        "Core / X-HTTP-Method-Override",
                        "the actual method MUST be ignored",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            for (String method : List.of("DELETE", "PATCH", "PUT")) {
                                Answer head =
                                        tus.tus()
                                                .send(
                                                        method,
                                                        upload,
                                                        "",
                                                        "X-HTTP-Method-Override",
                                                        "HEAD");
                                assertThat(tus.expect(200, head).header(OFFSET)).isEqualTo("0");
                            }
                            tus.expectOffset(0, upload);
                        }));
    }

    private static Stream<TusRequirement> head() {
        return Stream.of(
                row(
                        "Core / HEAD",
                        "MUST tell the offset, also if it is 0, and the length if it is known",
                        tus -> {
                            Answer head = tus.tus().head(tus.created(LENGTH, "9"));
                            assertThat(head.header(OFFSET)).isEqualTo("0");
                            assertThat(head.header(LENGTH)).isEqualTo("9");
                        }),
                row(
                        "Core / HEAD",
                        "MUST tell the offset also when the upload is complete",
                        tus -> {
                            String upload = tus.created(LENGTH, "5");
                            tus.expect(204, tus.tus().patch(upload, 0, "hello"));
                            assertThat(tus.tus().head(upload).header(OFFSET)).isEqualTo("5");
                            tus.content(upload);
                            assertThat(tus.tus().head(upload).header(OFFSET)).isEqualTo("5");
                        }),
                row(
                        "Core / HEAD",
                        "what is not found SHOULD be 404, 410 or 403, without an offset",
                        tus -> {
                            Answer head = tus.expect(404, tus.tus().head(NOWHERE));
                            assertThat(head.header(OFFSET)).isEmpty();
                        }),
                row(
                        "Core / HEAD",
                        "SHOULD be answered with 200 or 204",
                        tus -> tus.expect(200, tus.tus().head(tus.created(LENGTH, "9")))),
                row(
                        "Core / HEAD",
                        "MUST NOT be cached: Cache-Control: no-store",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            for (String each : List.of(upload, NOWHERE)) {
                                assertThat(tus.tus().head(each).header("Cache-Control"))
                                        .isEqualTo("no-store");
                            }
                        }));
    }

    private static Stream<TusRequirement> patch() {
        return Stream.of(
                row(
                        "Core / PATCH",
                        "SHOULD be accepted at any upload's URL, and its bytes applied at the offset",
                        tus -> {
                            String upload =
                                    tus.created(
                                            LENGTH,
                                            "10",
                                            "Upload-Metadata",
                                            TusClient.metadata("clean"));
                            tus.tus().patch(upload, 0, "hello");
                            tus.tus().patch(upload, 5, "world");
                            assertThat(tus.content(upload)).isEqualTo("helloworld");
                        }),
                row(
                        "Core / PATCH",
                        "another Content-Type SHOULD be refused with 415",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            for (String type :
                                    List.of("text/plain", "application/octet-stream", "x")) {
                                tus.expect(
                                        415,
                                        tus.tus()
                                                .send(
                                                        "PATCH",
                                                        upload,
                                                        "x",
                                                        "Content-Type",
                                                        type,
                                                        OFFSET,
                                                        "0"));
                            }
                            tus.expect(415, tus.tus().send("PATCH", upload, "x", OFFSET, "0"));
                            tus.expectOffset(0, upload);
                        }),
                row(
                        "Core / PATCH",
                        "another offset MUST be a 409 that changes nothing",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            tus.tus().patch(upload, 0, "hell");
                            for (long other : new long[] {0, 3, 5, 9, 10, Long.MAX_VALUE / 10}) {
                                tus.expect(409, tus.tus().patch(upload, other, "o"));
                            }
                            tus.expectOffset(4, upload);
                        }),
                row(
                        "Core / PATCH",
                        "success MUST be 204 with the new offset: the old one and the bytes stored",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            for (int offset = 0; offset < 9; offset += 3) {
                                Answer answer =
                                        tus.expect(204, tus.tus().patch(upload, offset, "abc"));
                                assertThat(answer.header(OFFSET)).isEqualTo("" + (offset + 3));
                            }
                            Answer nothing = tus.tus().patch(upload, 9, "");
                            assertThat(tus.expect(204, nothing).header(OFFSET)).isEqualTo("9");
                        }),
                row(
                        "Core / PATCH",
                        "what does not exist SHOULD be 404",
                        tus -> tus.expect(404, tus.tus().patch(NOWHERE, 0, "x"))),
                row(
                        "Core / PATCH",
                        "network errors SHOULD be handled, and as much SHOULD be stored as has come",
                        tus -> {
                            String upload = tus.created(LENGTH, "1000");
                            tus.cutAfter(upload, "x".repeat(500), 1000);
                            tus.expectOffset(500, upload);
                            tus.expect(204, tus.tus().patch(upload, 500, "x".repeat(500)));
                        }));
    }

    private static Stream<TusRequirement> options() {
        return Stream.of(
                row(
                        "Core / OPTIONS",
                        "success is 204 or 200 and MUST tell Tus-Version",
                        tus ->
                                assertThat(tus.expect(204, tus.options()).header("Tus-Version"))
                                        .isEqualTo("1.0.0")),
                row(
                        "Core / OPTIONS",
                        "Tus-Resumable MUST be ignored",
                        tus -> tus.expect(204, tus.options("Tus-Resumable", "9.9.9"))));
    }
}
