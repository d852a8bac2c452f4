package io.sluice.edge.http;

import static io.sluice.edge.http.TusDialogue.CONCAT;
import static io.sluice.edge.http.TusDialogue.LENGTH;
import static io.sluice.edge.http.TusDialogue.METADATA;
import static io.sluice.edge.http.TusDialogue.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.util.List;
import java.util.stream.Stream;

/** The requirements of Concatenation, in the text's order. */
final class TusConcatenationRequirements {
    private static final String CLEAN = TusClient.metadata("clean");

    private TusConcatenationRequirements() {}

    static Stream<TusRequirement> all() {
        return Stream.of(making(), metadata(), finals(), heads(), fields()).flatMap(rows -> rows);
    }

    private static TusRequirement row(String says, TusRequirement.Exchange exchange) {
        return new TusRequirement("Concatenation", says, exchange);
    }

    private static Stream<TusRequirement> making() {
        return Stream.of(
                row(
                        "a partial upload SHOULD NOT be processed",
                        tus -> {
                            String part = tus.part("hello").replace("/tus/", "/uploads/");
                            Answer view = tus.edge().client().get(part);
                            assertThat(view.json().path("state").asString()).isEqualTo("receiving");
                        }),
                row(
                        "the final upload MUST have its parts in the list's order, and their sum as length",
                        tus -> {
                            String world = tus.part("world");
                            String hello = tus.part("hello ");
                            String whole =
                                    tus.created(
                                            CONCAT,
                                            "final;" + hello + " " + world,
                                            METADATA,
                                            CLEAN);
                            assertThat(tus.tus().head(whole).header(LENGTH)).isEqualTo("11");
                            assertThat(tus.content(whole)).isEqualTo("hello world");
                        }),
                row(
                        "the final upload has no length of its own",
                        tus ->
                                tus.expect(
                                        400,
                                        tus.tus()
                                                .create(
                                                        CONCAT,
                                                        "final;" + tus.part("x"),
                                                        LENGTH,
                                                        "1"))),
                row(
                        "a part may be used several times, in one upload and in several",
                        tus -> {
                            String part = tus.part("ab");
                            String twice = "final;" + part + " " + part;
                            for (int i = 0; i < 2; i++) {
                                String whole = tus.created(CONCAT, twice, METADATA, CLEAN);
                                assertThat(tus.content(whole)).isEqualTo("abab");
                            }
                        }),
                row(
                        "if unfinished parts may be joined, that MUST be listed, and works",
                        tus -> {
                            assertThat(tus.listed("Tus-Extension"))
                                    .contains("concatenation-unfinished");
                            String part = tus.created(CONCAT, "partial", LENGTH, "5");
                            String whole = tus.created(CONCAT, "final;" + part, METADATA, CLEAN);
                            tus.expect(204, tus.tus().patch(part, 0, "hello"));
                            assertThat(tus.content(whole)).isEqualTo("hello");
                        }));
    }

    private static Stream<TusRequirement> metadata() {
        return Stream.of(
                row(
                        "the parts' metadata SHALL NOT go to the final upload; its own comes with it",
                        tus -> {
                            String part =
                                    tus.created(
                                            CONCAT,
                                            "partial",
                                            LENGTH,
                                            "2",
                                            METADATA,
                                            "secret YQ==");
                            tus.expect(204, tus.tus().patch(part, 0, "ab"));
                            String bare = tus.created(CONCAT, "final;" + part);
                            assertThat(tus.tus().head(bare).header(METADATA)).isEmpty();
                            String own = tus.created(CONCAT, "final;" + part, METADATA, CLEAN);
                            assertThat(tus.tus().head(own).header(METADATA)).isEqualTo(CLEAN);
                        }));
    }

    private static Stream<TusRequirement> finals() {
        return Stream.of(
                row(
                        "PATCH of a final upload MUST be 403 and MUST NOT change it or its parts",
                        tus -> {
                            String part = tus.part("hello");
                            String whole = tus.created(CONCAT, "final;" + part, METADATA, CLEAN);
                            tus.expect(403, tus.tus().patch(whole, 5, "x"));
                            tus.expect(403, tus.tus().patch(whole, 0, "x"));
                            assertThat(tus.content(whole)).isEqualTo("hello");
                            tus.expectOffset(5, part);
                        }),
                row(
                        "also before it is made",
                        tus -> {
                            String part = tus.created(CONCAT, "partial", LENGTH, "5");
                            String whole = tus.created(CONCAT, "final;" + part);
                            tus.expect(403, tus.tus().patch(whole, 0, "hello"));
                            tus.expectOffset(0, part);
                        }));
    }

    private static Stream<TusRequirement> heads() {
        return Stream.of(
                row(
                        "HEAD of a final upload SHOULD NOT tell an offset before it is made",
                        tus -> {
                            String part = tus.created(CONCAT, "partial", LENGTH, "5");
                            Answer head = tus.tus().head(tus.created(CONCAT, "final;" + part));
                            assertThat(head.header(OFFSET)).isEmpty();
                        }),
                row(
                        "once it is made, offset and length MUST be there and equal",
                        tus -> {
                            String whole = tus.created(CONCAT, "final;" + tus.part("hello"));
                            Answer head = tus.tus().head(whole);
                            assertThat(head.header(OFFSET)).isEqualTo("5");
                            assertThat(head.header(LENGTH)).isEqualTo("5");
                        }),
                row(
                        "HEAD of a partial upload MUST tell the offset",
                        tus -> {
                            String part = tus.created(CONCAT, "partial", LENGTH, "5");
                            tus.expectOffset(0, part);
                            tus.expect(204, tus.tus().patch(part, 0, "he"));
                            tus.expectOffset(2, part);
                        }),
                row(
                        "the length MUST be told if it can be calculated",
                        tus -> {
                            String known = tus.created(CONCAT, "partial", LENGTH, "5");
                            String later =
                                    tus.created(CONCAT, "partial", "Upload-Defer-Length", "1");
                            String sum = tus.created(CONCAT, "final;" + known + " " + known);
                            assertThat(tus.tus().head(sum).header(LENGTH)).isEqualTo("10");
                            String open = tus.created(CONCAT, "final;" + known + " " + later);
                            assertThat(tus.tus().head(open).header(LENGTH)).isEmpty();
                        }),
                row(
                        "HEAD MUST give Upload-Concat back as it came",
                        tus -> {
                            String part = tus.part("x");
                            assertThat(tus.tus().head(part).header(CONCAT)).isEqualTo("partial");
                            String list = "final;http://proxy.example/files" + part + " " + part;
                            String whole = tus.created(CONCAT, list);
                            assertThat(tus.tus().head(whole).header(CONCAT)).isEqualTo(list);
                        }));
    }

    private static Stream<TusRequirement> fields() {
        return Stream.of(
                row(
                        "Upload-Concat MUST be partial, or final; and URLs",
                        tus -> {
                            for (String bad :
                                    List.of(
                                            "",
                                            "part",
                                            "Partial",
                                            "final",
                                            "final;",
                                            "final; ",
                                            "final;x",
                                            "final " + TusDialogue.NOWHERE)) {
                                tus.expect(400, tus.tus().create(CONCAT, bad));
                            }
                        }));
    }
}
