package io.sluice.edge.http.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartParserTest {
    private static final MultipartLimits LIMITS = new MultipartLimits(5, 1024);
    private static final String BODY =
            """
            a preamble --B\r
            --B\r
            Content-Disposition: form-data; name="a"\r
            \r
            one\r
            --B  \t\r
            content-disposition: form-data; name="b"\r
            X-Other: 1\r
            \r
            \r
            -\r
            --\r
            --X\r
            \r\r
            two\r
            --B\r
            A: b\r
            \r
            \r
            --B--\r
            an epilogue\
            """;
    private static final List<String> PARTS =
            List.of(
                    "form-data; name=\"a\"|one",
                    "form-data; name=\"b\"|\r\n-\r\n--\r\n--X\r\n\r\r\ntwo",
                    "|");

    /** Writes down what it is told. */
    private static final class Recorder implements PartListener {
        final List<String> parts = new ArrayList<>();
        private final StringBuilder content = new StringBuilder();
        private String disposition = "";

        @Override
        public void partBegan(PartHeader header) {
            disposition = header.value("content-disposition").orElse("");
            content.setLength(0);
        }

        @Override
        public void partBytes(ByteBuf bytes) {
            content.append(bytes.toString(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void partEnded() {
            parts.add(disposition + "|" + content);
        }
    }

    private static List<String> parse(byte[]... pieces) {
        Recorder recorder = new Recorder();
        MultipartParser parser = new MultipartParser("B", LIMITS, recorder);
        for (byte[] piece : pieces) {
            parser.parse(Unpooled.wrappedBuffer(piece));
        }
        parser.end();
        return recorder.parts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertRefused(String body, Problem problem) {
        assertThatThrownBy(() -> parse(bytes(body)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
    }

    @Nested
    class AWellFormedBody {
        @Test
        void isSplitIntoItsParts() {
            assertThat(parse(bytes(BODY))).isEqualTo(PARTS);
        }

        @Test
        void isSplitTheSameWherever3BuffersAreCut() {
            for (int first = 0; first <= BODY.length(); first++) {
                for (int second = first; second <= BODY.length(); second += 7) {
                    assertThat(
                                    parse(
                                            bytes(BODY.substring(0, first)),
                                            bytes(BODY.substring(first, second)),
                                            bytes(BODY.substring(second))))
                            .as("cut at %d and %d", first, second)
                            .isEqualTo(PARTS);
                }
            }
        }

        @Test
        void isSplitTheSameByteByByte() {
            byte[][] pieces = new byte[BODY.length()][];
            for (int i = 0; i < pieces.length; i++) {
                pieces[i] = bytes(BODY.substring(i, i + 1));
            }
            assertThat(parse(pieces)).isEqualTo(PARTS);
        }

        @Test
        void mayEndRightBehindItsLastDelimiter() {
            assertThat(parse(bytes("--B\r\n\r\nx\r\n--B--"))).containsExactly("|x");
        }

        @Test
        void mayConsistOfAnythingThatIsAlmostADelimiter() {
            Random random = new Random(7);
            String[] almost = {"\r", "\n", "\r\n", "\r\n-", "\r\n--", "\r\n--C", "-", "B", "x"};
            for (int round = 0; round < 500; round++) {
                StringBuilder content = new StringBuilder();
                for (int i = 0; i < 20; i++) {
                    content.append(almost[random.nextInt(almost.length)]);
                }
                String text = content.toString();
                while (text.contains("\r\n--B")) {
                    text = text.replace("\r\n--B", "");
                }
                String body = "--B\r\n\r\n" + text + "\r\n--B--";
                int cut = random.nextInt(body.length());
                assertThat(parse(bytes(body.substring(0, cut)), bytes(body.substring(cut))))
                        .containsExactly("|" + text);
            }
        }
    }

    @Nested
    class AMalformedBody {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "no delimiter at all",
                    "--B\r\n\r\nx",
                    "--B\r\n\r\nx\r\n--B",
                    "--B\r\n\r\nx\r\n--B-",
                    "--B\r\nno colon\r\n\r\nx\r\n--B--",
                    "--B\r\nA: 1\r\nA: 2\r\n\r\nx\r\n--B--",
                    "--B\r\nA: 1\r\n folded\r\n\r\nx\r\n--B--",
                    "--B\r\nA: 1\nB: 2\r\n\r\nx\r\n--B--",
                    "--B\r\n\r\nx\r\n--Bother\r\n--B--",
                    "--B\n\nx\n--B--"
                })
        void isRefused(String body) {
            assertRefused(body, Problem.MALFORMED);
        }

        @Test
        void mayHaveTooManyParts() {
            assertRefused("--B\r\n\r\nx\r\n".repeat(6) + "--B--", Problem.TOO_LARGE);
        }

        @Test
        void mayHaveTooLongAHeader() {
            assertRefused("--B\r\nA: " + "x".repeat(1024), Problem.HEADER_TOO_LARGE);
        }

        @Test
        void mayHaveTooMuchAroundItsParts() {
            assertRefused("x".repeat(70_000), Problem.MALFORMED);
            assertRefused("--B--\r\n" + "x".repeat(70_000), Problem.MALFORMED);
            assertRefused("--B" + " ".repeat(200), Problem.MALFORMED);
        }
    }

    @Nested
    class ABoundary {
        @ParameterizedTest
        @ValueSource(strings = {"", "ends with a blank ", "\"", "ä", "a\r\nb", "a;b"})
        void isRefusedWhenItIsMalformed(String boundary) {
            assertThatThrownBy(() -> new MultipartParser(boundary, LIMITS, new Recorder()))
                    .isInstanceOf(Refusal.class);
        }

        @Test
        void isRefusedWhenItIsTooLong() {
            assertThatThrownBy(() -> new MultipartParser("b".repeat(71), LIMITS, new Recorder()))
                    .isInstanceOf(Refusal.class);
        }

        @Test
        void isFoundBehindWhateverItsOwnLettersPrecedeIt() {
            String boundary = "--aabaab--aabaabaab";
            Random random = new Random(7);
            for (int length = 0; length < 300; length++) {
                String content =
                        random.ints(length, 0, 5)
                                .mapToObj(i -> "\r\n-ab".substring(i, i + 1))
                                .collect(Collectors.joining());
                String body = "--%1$s\r\n\r\n%2$s\r\n--%1$s--".formatted(boundary, content);
                Recorder recorder = new Recorder();
                MultipartParser parser = new MultipartParser(boundary, LIMITS, recorder);
                int cut = random.nextInt(body.length());
                parser.parse(Unpooled.wrappedBuffer(bytes(body.substring(0, cut))));
                parser.parse(Unpooled.wrappedBuffer(bytes(body.substring(cut))));
                parser.end();
                assertThat(recorder.parts).containsExactly("|" + content);
            }
        }

        @Test
        void costsTimeLinearInTheBodyHoweverOftenItAlmostMatches() {
            String boundary = "b".repeat(70);
            MultipartParser parser = new MultipartParser(boundary, LIMITS, new Recorder());
            byte[] nearMiss = bytes(("\r\n--" + "b".repeat(69)).repeat(20_000));
            long start = System.nanoTime();
            parser.parse(Unpooled.wrappedBuffer(bytes("--" + boundary + "\r\n\r\n")));
            parser.parse(Unpooled.wrappedBuffer(nearMiss));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }
}
