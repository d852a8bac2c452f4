package io.sluice.edge.http.structured;

import io.sluice.edge.http.structured.BareItem.Bool;
import io.sluice.edge.http.structured.BareItem.Whole;
import io.sluice.edge.http.structured.Member.Item;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Parses a field that may stand on several lines (RFC 9651, section 4.2). What fails to parse is
 * empty, as all of it has to be ignored.
 */
public final class StructuredFields {
    private StructuredFields() {}

    /** An Item. */
    public static Optional<Item> item(List<String> lines) {
        // Most requests have none.
        return lines.isEmpty() ? Optional.empty() : parse(lines, Parser::item);
    }

    /** A List. One without lines is empty, but it is there. */
    public static Optional<List<Member>> list(List<String> lines) {
        return parse(lines, Parser::list).map(Collections::unmodifiableList);
    }

    /** A Dictionary, in the order of its keys. One without lines is empty, but it is there. */
    public static Optional<Map<String, Member>> dictionary(List<String> lines) {
        return parse(lines, Parser::dictionary).map(Collections::unmodifiableMap);
    }

    /** An Item's truth; empty if it is no Boolean. */
    public static Optional<Boolean> bool(List<String> lines) {
        return item(lines)
                .map(Item::value)
                .flatMap(value ->
                        value instanceof Bool(boolean truth)
                                ? Optional.of(truth)
                                : Optional.empty());
    }

    /** An Item's number; empty if it is no Integer, or a negative one. */
    public static OptionalLong count(List<String> lines) {
        return item(lines).map(Item::value).orElse(null) instanceof Whole(long number)
                        && number >= 0
                ? OptionalLong.of(number)
                : OptionalLong.empty();
    }

    private static <T> Optional<T> parse(List<String> lines, Function<Parser, T> kind) {
        Parser parser = new Parser(String.join(", ", lines));
        try {
            return Optional.of(parser.whole(kind));
        } catch (Parser.Malformed e) {
            return Optional.empty();
        }
    }
}
