package io.sluice.edge.http;

import static io.sluice.edge.http.TusDialogue.LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** The requirements of Expiration, Checksum and Termination, in the text's order. */
final class TusExtensionRequirements {
    private static final String EXPIRES = "Upload-Expires";
    private static final String CHECKSUM = "Upload-Checksum";
    private static final String HELLO = "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=";

    private TusExtensionRequirements() {}

    static Stream<TusRequirement> all() {
        return Stream.of(expiration(), checksum(), termination()).flatMap(rows -> rows);
    }

    private static TusRequirement row(
            String section, String says, TusRequirement.Exchange exchange) {
        return new TusRequirement(section, says, exchange);
    }

    private static Stream<TusRequirement> expiration() {
        return Stream.of(
                row(
                        "Expiration / Upload-Expires",
                        "MUST be in the answers to POST and PATCH, as an RFC 9110 date",
                        tus -> {
                            Answer created = tus.tus().create(LENGTH, "9");
                            Answer patched = tus.tus().patch(created.header("Location"), 0, "x");
                            for (Answer each : List.of(created, patched)) {
                                Instant end =
                                        ZonedDateTime.parse(
                                                        each.header(EXPIRES),
                                                        DateTimeFormatter.RFC_1123_DATE_TIME)
                                                .toInstant();
                                assertThat(end).isAfter(Instant.now());
                            }
                        }),
                row(
                        "Expiration / Upload-Expires",
                        "what has expired SHOULD be 410 where it is known to have",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            tus.expect(204, tus.tus().patch(upload, 0, "hell"));
                            tus.letExpire(upload);
                            tus.expect(410, tus.tus().patch(upload, 4, "o"));
                            tus.expect(410, tus.tus().head(upload));
                            assertThat(tus.isSpooled(upload)).isFalse();
                        }));
    }

    private static Stream<TusRequirement> checksum() {
        return Stream.of(
                row(
                        "Checksum",
                        "a chunk MUST be verified: 204 if it is right; sha1 MUST be supported",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            tus.expect(204, tus.tus().patch(upload, 0, "hello", CHECKSUM, HELLO));
                            tus.expectOffset(5, upload);
                        }),
                row(
                        "Checksum",
                        "460 for another checksum, 400 for an unknown algorithm; both MUST discard",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            tus.expect(460, tus.tus().patch(upload, 0, "jello", CHECKSUM, HELLO));
                            tus.expect(
                                    400,
                                    tus.tus().patch(upload, 0, "hello", CHECKSUM, "sha3 YQ=="));
                            tus.expectOffset(0, upload);
                        }),
                row(
                        "Checksum / Tus-Checksum-Algorithm",
                        "MUST be in the answer to OPTIONS: names in lower case, by commas, sha1 among them",
                        tus ->
                                assertThat(tus.listed("Tus-Checksum-Algorithm"))
                                        .contains("sha1")
                                        .allMatch(name -> name.matches("[!-+\\--@\\[-~]+"))),
                row(
                        "Checksum",
                        "if trailers are handled, the checksum may come behind the body",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            assertThat(tus.patchWithTrailer(upload, "jello", HELLO))
                                    .contains(" 460 ");
                            tus.expectOffset(0, upload);
                            assertThat(tus.patchWithTrailer(upload, "hello", HELLO))
                                    .contains(" 204 ");
                            tus.expectOffset(5, upload);
                        }),
                row(
                        "Checksum / Upload-Checksum",
                        "MUST be an algorithm, a blank, and Base64",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            for (String bad :
                                    List.of(
                                            "",
                                            "sha1",
                                            "sha1 ",
                                            "sha1 ?",
                                            "sha1,YQ==",
                                            "SHA1 YQ==")) {
                                tus.expect(400, tus.tus().patch(upload, 0, "hello", CHECKSUM, bad));
                            }
                            tus.expectOffset(0, upload);
                        }));
    }

    private static Stream<TusRequirement> termination() {
        return Stream.of(
                row(
                        "Termination / DELETE",
                        "MUST be 204; what the upload took SHOULD be freed; then 404 or 410",
                        tus -> {
                            String upload = tus.created(LENGTH, "9");
                            tus.expect(204, tus.tus().patch(upload, 0, "hello"));
                            assertThat(tus.isSpooled(upload)).isTrue();
                            tus.expect(204, tus.tus().send("DELETE", upload, ""));
                            assertThat(tus.isSpooled(upload)).isFalse();
                            tus.expect(404, tus.tus().head(upload));
                            tus.expect(404, tus.tus().patch(upload, 5, "x"));
                            tus.expect(404, tus.tus().send("DELETE", upload, ""));
                        }));
    }
}
