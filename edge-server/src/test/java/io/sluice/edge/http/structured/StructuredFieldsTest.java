package io.sluice.edge.http.structured;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.structured.BareItem.Bool;
import io.sluice.edge.http.structured.BareItem.Bytes;
import io.sluice.edge.http.structured.BareItem.Date;
import io.sluice.edge.http.structured.BareItem.Decimal;
import io.sluice.edge.http.structured.BareItem.DisplayText;
import io.sluice.edge.http.structured.BareItem.Text;
import io.sluice.edge.http.structured.BareItem.Token;
import io.sluice.edge.http.structured.BareItem.Whole;
import io.sluice.edge.http.structured.Member.InnerList;
import io.sluice.edge.http.structured.Member.Item;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9651, section 4.2, in its order. */
class StructuredFieldsTest {
    private static Item plain(BareItem value) {
        return new Item(value, Map.of());
    }

    @Nested
    class AnItem {
        static Stream<Arguments> understood() {
            return Stream.of(
                    Arguments.of("0", new Whole(0)),
                    Arguments.of("-0", new Whole(0)),
                    Arguments.of("042", new Whole(42)),
                    Arguments.of("-999999999999999", new Whole(-999_999_999_999_999L)),
                    Arguments.of("  7  ", new Whole(7)),
                    Arguments.of("1.5", new Decimal(new BigDecimal("1.5"))),
                    Arguments.of(
                            "-123456789012.123", new Decimal(new BigDecimal("-123456789012.123"))),
                    Arguments.of("\"\"", new Text("")),
                    Arguments.of("\"a \\\"b\\\" \\\\\"", new Text("a \"b\" \\")),
                    Arguments.of("a/b:c*", new Token("a/b:c*")),
                    Arguments.of("*a", new Token("*a")),
                    Arguments.of("A", new Token("A")),
                    Arguments.of("::", new Bytes("")),
                    Arguments.of(":aGk=:", new Bytes("6869")),
                    Arguments.of(":aGk:", new Bytes("6869")),
                    Arguments.of("?1", new Bool(true)),
                    Arguments.of("?0", new Bool(false)),
                    Arguments.of("@1659578233", new Date(1_659_578_233)),
                    Arguments.of("@-1", new Date(-1)),
                    Arguments.of("%\"f%c3%bc\"", new DisplayText("f\u00fc")),
                    Arguments.of("%\"\"", new DisplayText("")));
        }

        @ParameterizedTest
        @MethodSource
        void understood(String field, BareItem value) {
            assertThat(StructuredFields.item(List.of(field))).contains(plain(value));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "\t1",
                    "1\t",
                    "-",
                    "--1",
                    "+1",
                    "1.",
                    ".5",
                    "1.1234",
                    "1.2.3",
                    "1234567890123456",
                    "1234567890123.1",
                    "1 2",
                    "1,",
                    "1, 2",
                    "1;",
                    "1;A=2",
                    "1;a=",
                    "?",
                    "?2",
                    "?true",
                    "?1?",
                    "true?",
                    "\"",
                    "\"a",
                    "\"\\a\"",
                    "\"\u00fc\"",
                    "\"\t\"",
                    "'a'",
                    ":a",
                    ":a!=:",
                    ":aGk=",
                    ": aGk=:",
                    "@1.5",
                    "@",
                    "%",
                    "%a",
                    "%\"%C3%BC\"",
                    "%\"%c\"",
                    "%\"%ff\"",
                    "%\"\u00fc\"",
                    "(1)",
                    "\u00e9",
                    "=1"
                })
        void ignored(String field) {
            assertThat(StructuredFields.item(List.of(field))).isEmpty();
        }

        @Test
        void hasParametersOfWhichTheLastOfAKeyCounts() {
            Item item = StructuredFields.item(List.of("1;a=2; *b_-.*=x;a=?0;c")).orElseThrow();
            assertThat(item.value()).isEqualTo(new Whole(1));
            assertThat(item.parameters())
                    .containsExactly(
                            Map.entry("a", new Bool(false)),
                            Map.entry("*b_-.*", new Token("x")),
                            Map.entry("c", new Bool(true)));
        }

        @Test
        void isIgnoredOnTwoLines() {
            assertThat(StructuredFields.item(List.of("1", "1"))).isEmpty();
            assertThat(StructuredFields.item(List.of())).isEmpty();
        }
    }

    @Nested
    class AList {
        @Test
        void mayBeOnSeveralLinesAndHaveInnerLists() {
            assertThat(StructuredFields.list(List.of("1 \t,\t a;b", "( 2  \"x\" );c, ()")))
                    .contains(
                            List.of(
                                    plain(new Whole(1)),
                                    new Item(new Token("a"), Map.of("b", new Bool(true))),
                                    new InnerList(
                                            List.of(plain(new Whole(2)), plain(new Text("x"))),
                                            Map.of("c", new Bool(true))),
                                    new InnerList(List.of(), Map.of())));
        }

        @Test
        void mayBeEmpty() {
            assertThat(StructuredFields.list(List.of(""))).contains(List.of());
            assertThat(StructuredFields.list(List.of())).contains(List.of());
        }

        @ParameterizedTest
        @ValueSource(strings = {",", "1,", "1,,2", "1 2", "(1", "(1,2)", "(1\t2)", "((1))", "1;,2"})
        void ignored(String field) {
            assertThat(StructuredFields.list(List.of(field))).isEmpty();
        }

        @Test
        void isIgnoredWithAnEmptyLineBetweenOthers() {
            assertThat(StructuredFields.list(List.of("1", "", "2"))).isEmpty();
        }
    }

    @Nested
    class ADictionary {
        @Test
        void keepsTheLastOfAKey() {
            assertThat(StructuredFields.dictionary(List.of("a=1, b;x=1, *c=(1 2)", "a=?0;y")))
                    .contains(
                            Map.of(
                                    "a",
                                    new Item(new Bool(false), Map.of("y", new Bool(true))),
                                    "b",
                                    new Item(new Bool(true), Map.of("x", new Whole(1))),
                                    "*c",
                                    new InnerList(
                                            List.of(plain(new Whole(1)), plain(new Whole(2))),
                                            Map.of())));
        }

        @Test
        void mayBeEmpty() {
            assertThat(StructuredFields.dictionary(List.of("  "))).contains(Map.of());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"A=1", "a =1", "a= 1", "a=1,", "1=a", "a=1 b=2", "=1", "a==1", "-a"})
        void ignored(String field) {
            assertThat(StructuredFields.dictionary(List.of(field))).isEmpty();
        }
    }

    @Nested
    class ACount {
        @ParameterizedTest
        @ValueSource(strings = {"-1", "1.0", "?1", "\"1\"", "a", ":MQ==:", "@1", "1x"})
        void isNothingElseThanAnInteger(String field) {
            assertThat(StructuredFields.count(List.of(field))).isEmpty();
        }

        @Test
        void mayHaveParameters() {
            assertThat(StructuredFields.count(List.of("5;a"))).hasValue(5);
            assertThat(StructuredFields.bool(List.of("?1;a=1"))).contains(true);
            assertThat(StructuredFields.bool(List.of("1"))).isEmpty();
        }
    }
}
