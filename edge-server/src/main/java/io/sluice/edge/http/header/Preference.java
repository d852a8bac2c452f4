package io.sluice.edge.http.header;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The one preference (RFC 7240) that is known here: {@code wait}. Malformed ones are ignored. */
public final class Preference {
    private static final int MOST_DIGITS = 9;

    private Preference() {}

    /** How long the client would wait, at most the longest; empty if it doesn't say. */
    public static Optional<Duration> wait(List<String> prefer, Duration longest) {
        for (String value : prefer) {
            for (String preference : value.split(",", -1)) {
                OptionalLong seconds = seconds(new FieldScanner(preference));
                if (seconds.isPresent()) {
                    Duration wait = Duration.ofSeconds(seconds.getAsLong());
                    return Optional.of(wait.compareTo(longest) < 0 ? wait : longest);
                }
            }
        }
        return Optional.empty();
    }

    private static OptionalLong seconds(FieldScanner scanner) {
        scanner.skipBlanks();
        @Nullable String name = scanner.token();
        scanner.skipBlanks();
        if (name == null || !name.toLowerCase(Locale.ROOT).equals("wait") || !scanner.take('=')) {
            return OptionalLong.empty();
        }
        scanner.skipBlanks();
        @Nullable String quoted = scanner.quoted();
        String number = quoted != null ? quoted : scanner.until("; \t");
        return !number.isEmpty()
                        && number.length() <= MOST_DIGITS
                        && number.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalLong.of(Long.parseLong(number))
                : OptionalLong.empty();
    }
}
