package io.sluice.edge.http;

import static io.sluice.edge.http.TusDialogue.BYTES;
import static io.sluice.edge.http.TusDialogue.LENGTH;
import static io.sluice.edge.http.TusDialogue.METADATA;
import static io.sluice.edge.http.TusDialogue.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The requirements of Creation and Creation With Upload, and what is offered, in the text's order.
 */
final class TusCreationRequirements {
    private static final String DEFER = "Upload-Defer-Length";

    private TusCreationRequirements() {}

    static Stream<TusRequirement> all() {
        return Stream.of(advertised(), deferral(), metadata(), creation(), creationWithUpload())
                .flatMap(rows -> rows);
    }

    private static TusRequirement row(
            String section, String says, TusRequirement.Exchange exchange) {
        return new TusRequirement(section, says, exchange);
    }

    private static Stream<TusRequirement> advertised() {
        return Stream.of(
                        "creation",
                        "creation-defer-length",
                        "creation-with-upload",
                        "expiration",
                        "checksum",
                        "checksum-trailer",
                        "termination",
                        "concatenation",
                        "concatenation-unfinished")
                .map(name ->
                        row(
                                "Extensions",
                                "what is supported MUST be listed: " + name,
                                tus -> assertThat(tus.listed("Tus-Extension")).contains(name)));
    }

    private static Stream<TusRequirement> deferral() {
        return Stream.of(
                row(
                        "Creation / Upload-Defer-Length",
                        "MUST be 1; another value should be 400",
                        tus -> {
                            for (String bad : List.of("0", "2", "true", "", "1,1", "01")) {
                                tus.expect(400, tus.tus().create(DEFER, bad));
                            }
                        }),
                row(
                        "Creation / Upload-Defer-Length",
                        "MUST be omitted if the length is not deferred",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            assertThat(tus.tus().head(upload).header(DEFER)).isEmpty();
                        }),
                row(
                        "Creation / POST",
                        "MUST have a length, or say that it is deferred",
                        tus -> {
                            tus.expect(400, tus.tus().create());
                            tus.expect(400, tus.tus().create(LENGTH, "9", DEFER, "1"));
                        }),
                row(
                        "Creation / POST",
                        "while the length is unknown, HEAD MUST say that it is deferred",
                        tus -> {
                            String upload = tus.created(DEFER, "1");
                            tus.expect(204, tus.tus().patch(upload, 0, "hell"));
                            Answer head = tus.tus().head(upload);
                            assertThat(head.header(DEFER)).isEqualTo("1");
                            assertThat(head.header(LENGTH)).isEmpty();
                        }),
                row(
                        "Creation / POST",
                        "once set, the length MUST NOT change",
                        tus -> {
                            String upload = tus.created(DEFER, "1");
                            tus.expect(204, tus.tus().patch(upload, 0, "hell", LENGTH, "9"));
                            tus.expect(400, tus.tus().patch(upload, 4, "o", LENGTH, "5"));
                            assertThat(tus.tus().head(upload).header(LENGTH)).isEqualTo("9");
                        }));
    }

    private static Stream<TusRequirement> metadata() {
        return Stream.of(
                row(
                        "Creation / Upload-Metadata",
                        "MUST be pairs by commas: unique keys, no blanks in them, Base64 values",
                        tus -> {
                            for (String bad :
                                    List.of(
                                            ",",
                                            "a YQ==,",
                                            "a YQ==,a Yg==",
                                            "a YQ== b",
                                            " ,a",
                                            "a ?")) {
                                tus.expect(400, tus.tus().create(LENGTH, "9", METADATA, bad));
                            }
                        }),
                row(
                        "Creation / Upload-Metadata",
                        "a value may be empty, with or without its blank",
                        tus -> {
                            String pairs = "a,b ,c YQ==";
                            String upload = tus.created(LENGTH, "9", METADATA, pairs);
                            assertThat(tus.tus().head(upload).header(METADATA)).isEqualTo(pairs);
                        }),
                row(
                        "Creation / Upload-Metadata",
                        "values SHOULD be sanitised before they become fields of an answer",
                        tus -> {
                            String name = "clean\r\nSet-Cookie: a=b";
                            String upload =
                                    tus.created(LENGTH, "5", METADATA, TusClient.metadata(name));
                            tus.expect(204, tus.tus().patch(upload, 0, "hello"));
                            tus.content(upload);
                            Answer content = tus.tus().content(upload);
                            assertThat(content.header("Content-Disposition")).contains("clean");
                            assertThat(content.header("Set-Cookie")).isEmpty();
                        }),
                row(
                        "Creation / POST",
                        "HEAD MUST give the metadata back as it came",
                        tus -> {
                            String bytes =
                                    "k "
                                            + Base64.getEncoder()
                                                    .encodeToString(new byte[] {0, -1, 13, 10});
                            String upload = tus.created(LENGTH, "9", METADATA, bytes);
                            assertThat(tus.tus().head(upload).header(METADATA)).isEqualTo(bytes);
                        }));
    }

    private static Stream<TusRequirement> creation() {
        return Stream.of(
                row(
                        "Creation / POST",
                        "an empty file is complete at once",
                        tus -> {
                            String upload =
                                    tus.created(LENGTH, "0", METADATA, TusClient.metadata("clean"));
                            assertThat(tus.content(upload)).isEmpty();
                        }),
                row(
                        "Creation / POST",
                        "more than the largest size MUST be 413",
                        tus -> {
                            tus.created(LENGTH, Integer.toString(4 << 20));
                            tus.expect(
                                    413, tus.tus().create(LENGTH, Integer.toString((4 << 20) + 1)));
                        }),
                row(
                        "Creation / POST",
                        "success MUST be 201 with the upload's URL in Location",
                        tus -> {
                            Answer created = tus.expect(201, tus.tus().create(LENGTH, "9"));
                            tus.expect(200, tus.tus().head(created.header("Location")));
                        }));
    }

    private static Stream<TusRequirement> creationWithUpload() {
        return Stream.of(
                row(
                        "Creation With Upload",
                        "MUST NOT be offered without Creation",
                        tus -> assertThat(tus.listed("Tus-Extension")).contains("creation")),
                row(
                        "Creation With Upload",
                        "SHOULD take as many bytes as it can, and MUST tell the offset behind them",
                        tus -> {
                            Answer created = tus.expect(201, tus.createWith("hello", LENGTH, "9"));
                            assertThat(created.header(OFFSET)).isEqualTo("5");
                            tus.expectOffset(5, created.header("Location"));
                        }),
                row(
                        "Creation With Upload",
                        "the rules of PATCH apply: another type is 415, more than the length is refused",
                        tus -> {
                            tus.expect(
                                    415, tus.tus().send("POST", TusClient.PATH, "x", LENGTH, "1"));
                            tus.expect(413, tus.createWith("hello", LENGTH, "4"));
                        }),
                row(
                        "Creation With Upload",
                        "who expects 100-continue hears of a refusal before sending the chunk",
                        tus -> {
                            try (RawClient raw = tus.edge().connect()) {
                                raw.send(
                                        "POST /api/v1/tus HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 999999999999\r\nContent-Type: %s\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
                                                .formatted(tus.edge().adminKey(), BYTES));
                                assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413 ");
                            }
                        }));
    }
}
