package io.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidV7Test {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

    @Test
    void holdsTheClocksMillisecondsInItsFirst48Bits() {
        UUID uuid = UuidV7.next(InstantSource.fixed(NOON));
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void isNeverTheSameTwiceInOneMillisecond() {
        assertThat(Stream.generate(() -> UuidV7.next(InstantSource.fixed(NOON))).limit(10_000))
                .doesNotHaveDuplicates();
    }

    @Test
    void sortsByTimeAsText() {
        String earlier = UuidV7.next(InstantSource.fixed(NOON)).toString();
        String later = UuidV7.next(InstantSource.fixed(NOON.plusMillis(1))).toString();
        assertThat(earlier).isLessThan(later);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1-1-1-1-1",
                "01A20086-7703-73dd-9445-3e2386660749",
                "01a20086-7703-73dd-9445-3e238666074",
                "01a20086-7703-73dd-9445-3e23866607490",
                "01a20086/7703/73dd/9445/3e2386660749",
                "../../../../../../../../../../etc/pw",
                "01a200867-703-73dd-9445-3e2386660749"
            })
    void isReadOnlyInItsCanonicalForm(String text) {
        assertThatThrownBy(() -> UuidV7.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
