package io.sluice.edge.http.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    @Nested
    class ACleanName {
        @Test
        void isNormalised() {
            assertThat(FileNames.clean("cafe\u0301.txt")).contains("caf\u00e9.txt");
        }

        @Test
        void hasNothingThatTurnsTextAround() {
            assertThat(FileNames.clean("photo\u202egnp.exe")).contains("photognp.exe");
            assertThat(FileNames.clean("\u2066a\u2069\u200f\ufeff")).contains("a");
        }

        @Test
        void hasNoControlCharactersOrHalfCharacters() {
            assertThat(FileNames.clean("a\u0000b\r\nc\u001b[31m\u0085\u2028\ud800"))
                    .contains("abc[31m");
        }

        @Test
        void keepsFamiliesTogether() {
            String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67.png";
            assertThat(FileNames.clean(family)).contains(family);
        }

        @Test
        void isAtMost255LongAndKeepsItsExtension() {
            assertThat(FileNames.clean("x".repeat(300) + ".jpeg"))
                    .contains("x".repeat(250) + ".jpeg");
            assertThat(FileNames.clean("x".repeat(300))).contains("x".repeat(255));
            assertThat(FileNames.clean("x".repeat(254) + " y".repeat(20)))
                    .contains("x".repeat(254));
            assertThat(FileNames.clean("🎉".repeat(300) + ".a").orElseThrow())
                    .hasSizeLessThanOrEqualTo(255)
                    .endsWith("🎉.a");
        }

        @Test
        void isNothingWhenNothingIsLeft() {
            assertThat(FileNames.clean("\r\n ")).isEmpty();
            assertThat(FileNames.clean("a/..")).isEmpty();
        }

        @Test
        void isCleanAlready() {
            Random random = new Random(11);
            for (int round = 0; round < 5_000; round++) {
                StringBuilder name = new StringBuilder();
                for (int i = 0; i < 40; i++) {
                    name.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
                }
                FileNames.clean(name.toString())
                        .ifPresent(clean -> assertThat(FileNames.clean(clean)).contains(clean));
            }
        }
    }

    @Nested
    class ADisposition {
        @Test
        void isOneLineOfAsciiWhateverTheName() {
            assertThat(FileNames.disposition("attachment", "a\"b\\c\r\n%é🎉.txt"))
                    .isEqualTo(
                            "attachment; filename=\"a_b_c___"
                                    + "___.txt\"; filename*=UTF-8''a%22b%5Cc%0D%0A%25%C3%A9%F0%9F%8E%89.txt");
        }

        @Test
        void isReadBackAsTheSameName() {
            String name = "Ünïcode 'and' (more) = 100%.txt";
            String field = FileNames.disposition("attachment", name);
            assertThat(Disposition.parse(field).filename()).contains(name);
        }
    }
}
