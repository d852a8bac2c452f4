package io.sluice.edge.http.content;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A request's conditions against one file, in the order of RFC 9110, section 13.2.2.
 *
 * @param etag strong, in its quotes
 * @param modified a whole second, as HTTP knows no finer time
 */
record Conditions(HttpHeaders request, String etag, Instant modified) {

    /** What the conditions come to. */
    enum Verdict {
        PROCEED,
        NOT_MODIFIED,
        FAILED
    }

    Conditions {
        modified = modified.truncatedTo(ChronoUnit.SECONDS);
    }

    Verdict verdict() {
        if (request.containsHeader(HttpHeaders.IF_MATCH)) {
            if (!EntityTags.matchStrongly(request.getOrEmpty(HttpHeaders.IF_MATCH), etag)) {
                return Verdict.FAILED;
            }
        } else if (date(HttpHeaders.IF_UNMODIFIED_SINCE).filter(modified::isAfter).isPresent()) {
            return Verdict.FAILED;
        }
        boolean isSame =
                request.containsHeader(HttpHeaders.IF_NONE_MATCH)
                        ? EntityTags.matchWeakly(
                                request.getOrEmpty(HttpHeaders.IF_NONE_MATCH), etag)
                        : date(HttpHeaders.IF_MODIFIED_SINCE)
                                .filter(since -> !modified.isAfter(since))
                                .isPresent();
        return isSame ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
    }

    /** Whether a Range may be honoured: If-Range is absent, or names this very file. */
    boolean allowRange() {
        @Nullable String condition = request.getFirst(HttpHeaders.IF_RANGE);
        return condition == null
                || condition.strip().equals(etag)
                || date(HttpHeaders.IF_RANGE).filter(modified::equals).isPresent();
    }

    private Optional<Instant> date(String field) {
        @Nullable String text = request.getFirst(field);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            // A condition with a date that is none is to be ignored.
            return Optional.empty();
        }
    }
}
