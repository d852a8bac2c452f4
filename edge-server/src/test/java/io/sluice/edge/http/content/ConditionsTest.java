package io.sluice.edge.http.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class ConditionsTest {
    private static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String SAME = "Fri, 2 Jan 2026 03:04:05 GMT";

    private static Conditions conditions(String fields) {
        HttpHeaders headers = new HttpHeaders();
        for (String field : fields.split(" & ", -1)) {
            String[] parts = field.split(": ", 2);
            headers.add(parts[0], parts[1].replace("SAME", SAME));
        }
        return new Conditions(headers, "\"e\"", MODIFIED);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "X: y | PROCEED",
                "If-Match: \"e\" | PROCEED",
                "If-Match: * | PROCEED",
                "If-Match: \"a\", \"e\" | PROCEED",
                "If-Match: W/\"e\" | FAILED",
                "If-Match: \"a\" | FAILED",
                "If-Unmodified-Since: SAME | PROCEED",
                "If-Unmodified-Since: Fri, 2 Jan 2026 03:04:04 GMT | FAILED",
                "If-Unmodified-Since: nonsense | PROCEED",
                "If-Match: \"e\" & If-Unmodified-Since: Fri, 2 Jan 2026 03:04:04 GMT | PROCEED",
                "If-None-Match: \"e\" | NOT_MODIFIED",
                "If-None-Match: W/\"e\" | NOT_MODIFIED",
                "If-None-Match: * | NOT_MODIFIED",
                "If-None-Match: \"a\" | PROCEED",
                "If-None-Match: \"a\" & If-Modified-Since: SAME | PROCEED",
                "If-Modified-Since: SAME | NOT_MODIFIED",
                "If-Modified-Since: Fri, 2 Jan 2026 03:04:04 GMT | PROCEED",
                "If-Match: \"a\" & If-None-Match: \"e\" | FAILED"
            })
    void conditionsHaveTheirOrder(String fields, Conditions.Verdict verdict) {
        assertThat(conditions(fields).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0} allows a range: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "X: y | true",
                "If-Range: \"e\" | true",
                "If-Range: W/\"e\" | false",
                "If-Range: \"a\" | false",
                "If-Range: SAME | true",
                "If-Range: Fri, 2 Jan 2026 03:04:06 GMT | false"
            })
    void aRangeIsOnlyOfThisVersion(String fields, boolean isAllowed) {
        assertThat(conditions(fields).allowRange()).isEqualTo(isAllowed);
    }
}
