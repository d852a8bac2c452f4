package io.sluice.edge.http.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTest {
    @ParameterizedTest(name = "{0} waits {1} s")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "wait=5 | 5",
                "WAIT = 5 | 5",
                "respond-async, wait=5; foo=bar | 5",
                "wait=\"5\" | 5",
                "wait=0 | 0",
                "wait=60 | 60",
                "wait=61 | 60",
                "wait=999999999 | 60",
                "wait=9999999999 | -1",
                "wait=-1 | -1",
                "wait=x | -1",
                "wait | -1",
                "waiting=5 | -1",
                "respond-async | -1"
            })
    void waitIsReadAndCapped(String field, long seconds) {
        assertThat(
                        Preference.wait(List.of(field), Duration.ofMinutes(1))
                                .map(Duration::toSeconds)
                                .orElse(-1L))
                .isEqualTo(seconds);
    }
}
