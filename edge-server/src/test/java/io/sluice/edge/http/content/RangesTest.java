package io.sluice.edge.http.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangesTest {
    private static final long LENGTH = 100;

    /** As a word, or the parts' first and last bytes. */
    private static String words(RangeAnswer answer) {
        return switch (answer) {
            case RangeAnswer.Whole _ -> "whole";
            case RangeAnswer.Unsatisfiable _ -> "unsatisfiable";
            case RangeAnswer.Parts(var ranges) ->
                    ranges.stream()
                            .map(r -> r.start() + "-" + (r.start() + r.length() - 1))
                            .collect(Collectors.joining(" "))
                            .toLowerCase(Locale.ROOT);
        };
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0 | 0-0",
                "bytes=0-99 | 0-99",
                "bytes=0- | 0-99",
                "bytes=99- | 99-99",
                "bytes=50-1000 | 50-99",
                "bytes=-1 | 99-99",
                "bytes=-100 | 0-99",
                "bytes=-1000 | 0-99",
                "bytes=00000000000000000000007-8 | 7-8",
                "bytes=5-99999999999999999999999999 | 5-99",
                "BYTES=1-2 | 1-2",
                "bytes=0-1, 5-6 | 0-1 5-6",
                "bytes=,0-1,,5-6, | 0-1 5-6",
                "bytes=5-6,0-1 | 5-6 0-1",
                "bytes=0-1,100- | 0-1",
                "bytes=100- | unsatisfiable",
                "bytes=99999999999999999999- | unsatisfiable",
                "bytes=-0 | unsatisfiable",
                "bytes=100-200,-0 | unsatisfiable",
                "bytes=2-1 | whole",
                "bytes= | whole",
                "bytes=- | whole",
                "bytes=a-b | whole",
                "bytes=1 | whole",
                "bytes=1-2-3 | whole",
                "bytes=0-1,x | whole",
                "bytes=+1-2 | whole",
                "lines=1-2 | whole",
                "bytes 1-2 | whole",
                "bytes=0-,0-,0- | whole",
                "bytes=1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,10-10,11-11,12-12,13-13,14-14,15-15,16-16,17-17 | whole"
            })
    void rangesAreReadAsTheyAreMeant(String field, String meaning) {
        assertThat(words(Ranges.parse(field, LENGTH))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-, unsatisfiable", "bytes=-1, unsatisfiable", "bytes=x, whole"})
    void anEmptyFileHasNoParts(String field, String meaning) {
        assertThat(words(Ranges.parse(field, 0))).isEqualTo(meaning);
    }
}
