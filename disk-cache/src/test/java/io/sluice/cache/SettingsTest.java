package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.model.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Bounds BOUNDS = new Bounds(1, Duration.ofMillis(1), Duration.ofMillis(1));

    @Nested
    class LevelsAre {
        @ParameterizedTest
        @CsvSource({
            "1, c/0123456789abcdef0123456789ab029c",
            "1:2, c/29/0123456789abcdef0123456789ab029c",
            "2:2:1, 9c/02/b/0123456789abcdef0123456789ab029c"
        })
        void takenFromTheEndOfTheName(String levels, String path) {
            assertThat(Levels.valueOf(levels).pathOf("0123456789abcdef0123456789ab029c"))
                    .isEqualTo(path);
            assertThat(Levels.valueOf(levels)).hasToString(levels);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "0", "3", "1:", "1:2:1:2", "12", "a", "1,2"})
        void refusedUnlessOneToThreeOfOneOrTwo(String levels) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Levels.valueOf(levels))
                    .withMessageContaining("not levels like 1:2");
        }
    }

    @Nested
    class AShareIs {
        @ParameterizedTest
        @CsvSource({"5%, 1000, 50", "0.5 %, 1000, 5", "0%, 1000, 0", "1KiB, 10, 1024"})
        void aPercentageOrASize(String share, long total, long bytes) {
            assertThat(Share.valueOf(share).of(total)).isEqualTo(bytes);
        }

        @ParameterizedTest
        @ValueSource(strings = {"101%", "-1%", "%", "half"})
        void nothingElse(String share) {
            assertThatIllegalArgumentException().isThrownBy(() -> Share.valueOf(share));
        }
    }

    @Nested
    class BoundsAre {
        @ParameterizedTest
        @CsvSource({"0, 1, 1, files", "1, 0, 1, sleep", "1, 1, 0, threshold"})
        void aboveZero(int files, long sleep, long threshold, String culprit) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new Bounds(
                                    files, Duration.ofMillis(sleep), Duration.ofMillis(threshold)))
                    .withMessageStartingWith(culprit + " = ");
        }
    }

    @Nested
    class CacheSettingsAre {
        @Test
        void givenADefaultForEachKey() throws IOException {
            Properties defaults = new Properties();
            try (InputStream file =
                    CacheSettings.class.getResourceAsStream("cache-defaults.properties")) {
                defaults.load(file);
            }
            assertThat(defaults)
                    .containsOnlyKeys(
                            "sluice.cache.directory",
                            "sluice.cache.temp-directory",
                            "sluice.cache.zone-file",
                            "sluice.cache.levels",
                            "sluice.cache.max-size",
                            "sluice.cache.min-free",
                            "sluice.cache.inactive",
                            "sluice.cache.zone-size",
                            "sluice.cache.manager.files",
                            "sluice.cache.manager.sleep",
                            "sluice.cache.manager.threshold",
                            "sluice.cache.loader.files",
                            "sluice.cache.loader.sleep",
                            "sluice.cache.loader.threshold");
        }

        @Test
        void refusedIfTheTempDirectoryLiesInTheCache() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings("cache/temp", Duration.ofDays(1), "1MiB"))
                    .withMessageContaining("sluice.cache.temp-directory = ")
                    .withMessageContaining("beside it");
        }

        @Test
        void refusedIfEverythingExpiresAtOnce() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings("temp", Duration.ZERO, "1MiB"))
                    .withMessageContaining("sluice.cache.inactive = PT0S");
        }

        @Test
        void refusedIfTheZoneHoldsNextToNothing() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings("temp", Duration.ofDays(1), "4KiB"))
                    .withMessageContaining("sluice.cache.zone-size = 4 KiB");
        }

        @Test
        @SuppressWarnings("NullAway") // What a binder does with a key that is missing.
        void refusedIfOneIsMissing() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new CacheSettings(
                                    null, null, null, null, null, null, null, null, null, null))
                    .withMessage("sluice.cache.directory is missing: give a value");
        }

        private void settings(String temp, Duration inactive, String zoneSize) {
            assertThat(
                            new CacheSettings(
                                    Path.of("cache"),
                                    Path.of(temp),
                                    Path.of("zone"),
                                    Levels.valueOf("1:2"),
                                    ByteSize.valueOf("1GiB"),
                                    Share.valueOf("5%"),
                                    inactive,
                                    ByteSize.valueOf(zoneSize),
                                    BOUNDS,
                                    BOUNDS))
                    .isNotNull();
        }
    }
}
