package io.sluice.processor.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.processor.TestJobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageHeaderTest {
    @Nested
    class Weighs {
        @Test
        void anInterlacedPngWhole() throws IOException {
            String header = "89504e470d0a1a0a 0000000d 49484452 00000064 00000032 %s 00000000";
            assertThat(read("image/png", hex(header.formatted("1006000001"))).memory())
                    .isEqualTo(100 * 50 * 8);
            assertThat(read("image/png", hex(header.formatted("0802000001"))).memory())
                    .isEqualTo(100 * 50 * 3);
            assertThat(read("image/png", hex(header.formatted("0802000000"))).memory()).isZero();
        }

        @Test
        void aProgressiveJpegByItsCoefficients() throws IOException {
            String frame = "0011 08 0032 0064 03 01%s00 021100 031100";
            assertThat(read("image/jpeg", hex("ffd8 ffc2", frame.formatted("22"))).memory())
                    .isEqualTo(100 * 50 * 3);
            assertThat(read("image/jpeg", hex("ffd8 ffc2", frame.formatted("11"))).memory())
                    .isEqualTo(100 * 50 * 6);
            assertThat(read("image/jpeg", hex("ffd8 ffc0", frame.formatted("11"))).memory())
                    .isZero();
        }

        @Test
        void aJpegWhoseComponentsComeOneAfterTheOtherWhole() throws IOException {
            String frame = "ffd8 ffc0 0011 08 0032 0064 03 011100 021100 031100";
            assertThat(read("image/jpeg", hex(frame, "ffda 0008 01 0100 003f00")).memory())
                    .isEqualTo(100 * 50 * 6);
            assertThat(
                            read("image/jpeg", hex(frame, "ffda 000c 03 0100 0200 0300 003f00"))
                                    .memory())
                    .isZero();
        }
    }

    @Nested
    class Reads {
        @Test
        void aBitmapWhoseFirstRowIsTheUpperOne() throws IOException {
            assertThat(
                            read(
                                    "image/bmp",
                                    hex("424d", "00".repeat(12), "28000000 10000000 f8ffffff")))
                    .isEqualTo(new ImageHeader("bmp", 16, 8, 1, 128, 0, false));
        }

        @Test
        void anOs2Bitmap() throws IOException {
            assertThat(read("image/bmp", hex("424d", "00".repeat(12), "0c000000 1000 0800")))
                    .isEqualTo(new ImageHeader("bmp", 16, 8, 1, 128, 0, false));
        }

        @Test
        void aLosslessWebp() throws IOException {
            // 14 bits of width - 1, then 14 bits of height - 1.
            String sizes = "%08x".formatted(Integer.reverseBytes(99 | 49 << 14));
            assertThat(read("image/webp", webp("VP8L", "2f" + sizes)))
                    .isEqualTo(new ImageHeader("webp", 100, 50, 1, 5000, 4, false));
        }

        @Test
        void anAnimatedWebp() throws IOException {
            byte[] twoFrames =
                    webp("VP8X", "02000000 630000 310000 414e4d4600000000 414e4d4600000000");
            assertThat(read("image/webp", twoFrames))
                    .isEqualTo(new ImageHeader("webp", 100, 50, 2, 10_000, 4, false));
        }

        @Test
        void anAnimatedPng() throws IOException {
            byte[] png =
                    hex(
                            "89504e470d0a1a0a",
                            "0000000d 49484452 00000064 00000032 0806000000 00000000",
                            "00000008 6163544c 00000005 00000000 00000000");
            assertThat(read("image/png", png))
                    .isEqualTo(new ImageHeader("png", 100, 50, 5, 25_000, 0, false));
        }

        @Test
        void aBigTiffTurnedByAQuarter() throws IOException {
            byte[] tiff =
                    hex(
                            "4949 2b00 0800 0000 1000000000000000",
                            "0300000000000000",
                            "0001 0300 0100000000000000 6400000000000000",
                            "0101 0400 0100000000000000 3200000000000000",
                            "1201 0300 0100000000000000 0600000000000000",
                            "0000000000000000");
            ImageHeader header = read("image/tiff", tiff);
            assertThat(header).isEqualTo(new ImageHeader("tiff", 100, 50, 1, 5000, 4, true));
            assertThat(header.facts().width()).isEqualTo(50);
        }

        @Test
        void theFrameThatStandsOverAGifsScreen() throws IOException {
            byte[] gif =
                    hex("474946383961 0100 0100 00 00 00", "2c 0000 0000 e803 e803 00 02 00", "3b");
            assertThat(read("image/gif", gif).pixels()).isEqualTo(1_000_000);
        }
    }

    @Nested
    class Refuses {
        @Test
        void aRingOfTiffPages() {
            byte[] ring =
                    hex(
                            "4949 2a00 08000000",
                            "0200 0001 0300 01000000 01000000 0101 0300 01000000 01000000 08000000");
            assertThatThrownBy(() -> read("image/tiff", ring))
                    .isInstanceOf(MalformedImage.class)
                    .hasMessageContaining("pages");
        }

        @Test
        void boxesNestedWithoutEnd() {
            byte[] nested = new byte[8000];
            ByteBuffer buffer = ByteBuffer.wrap(nested);
            for (int at = 0; at < nested.length; at += 8) {
                buffer.putInt(nested.length - at).put("moov".getBytes(StandardCharsets.US_ASCII));
            }
            assertThatThrownBy(() -> read("image/avif", nested)).isInstanceOf(MalformedImage.class);
        }

        @Test
        void aPictureWithoutHeight() {
            byte[] flat = hex("ffd8 ffc0 0011 08 0000 0064 03 012200 021101 031101");
            assertThatThrownBy(() -> read("image/jpeg", flat))
                    .isInstanceOf(MalformedImage.class)
                    .hasMessageContaining("100 x 0");
        }
    }

    @Test
    void knowsNothingOfOtherTypes() throws IOException {
        assertThat(ImageHeader.read("image/svg+xml", bytes(new byte[8]))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "camera.jpg, image/jpeg",
        "alpha.png, image/png",
        "animated.gif, image/gif",
        "photo.webp, image/webp",
        "photo.tiff, image/tiff",
        "photo.avif, image/avif",
        "alpha.png, image/bmp"
    })
    void endsOnAnyDamageWithASizeOrARefusal(String file, String type) throws IOException {
        byte[] whole = Files.readAllBytes(TestJobs.FILES.resolve(file));
        Random random = new Random(42);
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = Arrays.copyOf(whole, Math.min(whole.length, 12_000));
            for (int flips = random.nextInt(20); flips >= 0; flips--) {
                // Mostly in the header, where it matters.
                damaged[random.nextInt(random.nextBoolean() ? 200 : damaged.length)] =
                        (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(damaged, random.nextInt(damaged.length) + 1);
            try {
                assertThat(read(type, cut).pixels()).isPositive();
            } catch (MalformedImage e) {
                assertThat(e).hasMessageMatching("\\S.*");
            }
        }
    }

    private static ImageHeader read(String type, byte[] picture) throws IOException {
        return ImageHeader.read(type, bytes(picture)).orElseThrow();
    }

    private static ImageBytes bytes(byte[] picture) {
        return new ImageBytes(
                (position, target) -> {
                    int length = (int) Math.min(target.remaining(), picture.length - position);
                    target.put(picture, (int) position, length);
                    return length;
                },
                picture.length);
    }

    private static byte[] webp(String chunk, String content) {
        byte[] body = hex(content);
        return hex(
                "52494646 00000000 57454250",
                HexFormat.of().formatHex(chunk.getBytes(StandardCharsets.US_ASCII)),
                "%08x".formatted(Integer.reverseBytes(Math.min(10, body.length))),
                content);
    }

    private static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts).replace(" ", ""));
    }
}
