package io.sluice.edge.http.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a Range field (RFC 9110, section 14.2). A malformed one is ignored, as the RFC asks; so are
 * requests for very many parts, or for more than the whole, which only serve to make work.
 */
final class Ranges {
    private static final int MOST = 16;
    private static final int MOST_DIGITS = 18;
    private static final Pattern SPEC = Pattern.compile("(\\d{0,40})-(\\d{0,40})");
    private static final String UNIT = "bytes=";

    private Ranges() {}

    static RangeAnswer parse(String field, long length) {
        if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return new RangeAnswer.Whole();
        }
        String[] specs = field.substring(UNIT.length()).split(",", MOST + 2);
        List<ByteRange> ranges = new ArrayList<>();
        int asked = 0;
        for (String text : specs) {
            String spec = text.strip();
            if (spec.isEmpty()) {
                continue;
            }
            asked++;
            Matcher matcher = SPEC.matcher(spec);
            if (!matcher.matches() || spec.equals("-")) {
                return new RangeAnswer.Whole();
            }
            String first = matcher.group(1);
            String last = matcher.group(2);
            if (!first.isEmpty() && !last.isEmpty() && number(last) < number(first)) {
                return new RangeAnswer.Whole();
            }
            satisfiable(first, last, length).ifPresent(ranges::add);
        }
        return judge(ranges, asked, length);
    }

    private static Optional<ByteRange> satisfiable(String first, String last, long length) {
        if (first.isEmpty()) {
            long suffix = Math.min(number(last), length);
            return suffix == 0
                    ? Optional.empty()
                    : Optional.of(new ByteRange(length - suffix, suffix));
        }
        long start = number(first);
        if (start >= length) {
            return Optional.empty();
        }
        long end = last.isEmpty() ? length - 1 : Math.min(number(last), length - 1);
        return Optional.of(new ByteRange(start, end - start + 1));
    }

    private static RangeAnswer judge(List<ByteRange> ranges, int asked, long length) {
        if (asked == 0 || asked > MOST) {
            return new RangeAnswer.Whole();
        }
        if (ranges.isEmpty()) {
            return new RangeAnswer.Unsatisfiable();
        }
        long sum = ranges.stream().mapToLong(ByteRange::length).sum();
        return ranges.size() > 1 && sum > length
                ? new RangeAnswer.Whole()
                : new RangeAnswer.Parts(ranges);
    }

    /** Numbers beyond any file all mean the same. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=\\d)", "");
        return significant.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
    }
}
