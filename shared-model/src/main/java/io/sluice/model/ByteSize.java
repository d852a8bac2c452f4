package io.sluice.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as settings spell it: {@code 512MB}, {@code 10 GiB}, {@code 4096}. Units are
 * powers of 1024.
 */
public record ByteSize(long bytes) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18})\\s*(?:([KMGT])I?)?B?", Pattern.CASE_INSENSITIVE);

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size can't be negative: " + bytes);
        }
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if the text is no size or needs more than 63 bits
     */
    public static ByteSize valueOf(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size like 512MB or 10 GiB: " + text);
        }
        String unit = matcher.group(2);
        int power = unit == null ? 0 : "KMGT".indexOf(unit.toUpperCase(Locale.ROOT)) + 1;
        try {
            return new ByteSize(
                    Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("larger than any disk: " + text, e);
        }
    }

    @Override
    public String toString() {
        int power = 0;
        while (power < 4
                && bytes >= 1L << (10 * (power + 1))
                && bytes % (1L << (10 * (power + 1))) == 0) {
            power++;
        }
        return (bytes >> (10 * power))
                + (power == 0 ? " B" : " " + "KMGT".charAt(power - 1) + "iB");
    }
}
