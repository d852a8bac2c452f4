package io.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "7B, 7",
        "1k, 1024",
        "1KB, 1024",
        "1 KiB, 1024",
        "512MB, 536870912",
        "' 10 GiB ', 10737418240",
        "2t, 2199023255552"
    })
    void isReadInEverySpelling(String text, long bytes) {
        assertThat(ByteSize.valueOf(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "MB", "-1", "1.5GB", "1 PB", "1 GiBB", "0x10", "9999999999999999999"})
    void isRefusedWhenItIsNone(String text) {
        assertThatThrownBy(() -> ByteSize.valueOf(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a size like 512MB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9000000 TiB", "999999999999999999 K"})
    void isRefusedBeyond63Bits(String text) {
        assertThatThrownBy(() -> ByteSize.valueOf(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("larger than any disk");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "1536, 1536 B",
        "536870912, 512 MiB",
        "2199023255552, 2 TiB"
    })
    void isWrittenSoThatItReadsTheSame(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
        assertThat(ByteSize.valueOf(text).bytes()).isEqualTo(bytes);
    }
}
