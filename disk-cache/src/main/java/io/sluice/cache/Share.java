package io.sluice.cache;

import io.sluice.model.ByteSize;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a disk as settings spell it: {@code 5%} of it or a fixed {@code 1GiB}.
 *
 * @param percent of the whole, 0 to 100
 * @param fixed a number of bytes, whatever the whole is
 */
public record Share(double percent, ByteSize fixed) {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)\\s*%");

    public Share {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("not between 0% and 100%: " + percent + "%");
        }
    }

    /**
     * Reads a share.
     *
     * @throws IllegalArgumentException if the text is neither a percentage nor a size
     */
    public static Share valueOf(String text) {
        Matcher matcher = PERCENT.matcher(text.strip());
        return matcher.matches()
                ? new Share(Double.parseDouble(matcher.group(1)), new ByteSize(0))
                : new Share(0, ByteSize.valueOf(text));
    }

    /** The bytes that this is of so many. */
    public long of(long total) {
        return Math.max(fixed.bytes(), (long) (total / 100.0 * percent));
    }

    @Override
    public String toString() {
        return percent > 0 ? percent + "%" : fixed.toString();
    }
}
