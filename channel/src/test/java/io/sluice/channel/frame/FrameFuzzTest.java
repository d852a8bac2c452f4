package io.sluice.channel.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import io.sluice.channel.contract.Jobs;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets Jazzer look for bytes that the frame decoder can't bear, from every kind of frame and what
 * earlier runs have found worth keeping in {@code src/test/fuzz/frames}.
 */
class FrameFuzzTest {
    private static final Path KEPT = Path.of("src/test/fuzz/frames");

    /** On a developer's machine each run looks a little further. */
    private static final int SECONDS = System.getenv("CI") == null ? 3 : 20;

    private static final int PATIENCE_SECONDS = 300;

    @TempDir Path directory;

    @Test
    void theDecoderBearsWhateverComes() throws Exception {
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        writeSeeds(corpus);
        Path log = directory.resolve("log");
        Process jazzer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+EnableDynamicAgentLoading",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Jazzer.class.getName(),
                                "--target_class=" + FrameFuzz.class.getName(),
                                "--instrumentation_includes=io.sluice.**",
                                "--custom_hook_includes=io.sluice.**",
                                "--reproducer_path=" + directory,
                                "-artifact_prefix=" + directory + "/",
                                "-max_total_time=" + SECONDS,
                                "-max_len=4096",
                                "-rss_limit_mb=0",
                                corpus.toString(),
                                KEPT.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(jazzer.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            jazzer.destroyForcibly();
        }
        assertThat(jazzer.exitValue()).as(Files.readString(log)).isZero();
        assertThat(log).content().contains("Done ");
    }

    private static void writeSeeds(Path corpus) throws IOException {
        Attempt attempt = Attempt.of(Jobs.any());
        List<Frame> frames =
                List.of(
                        Frames.hello("fuzz"),
                        Frames.credit(3),
                        Frame.newBuilder().setJob(Wire.encode(Jobs.any())).build(),
                        Frames.accepted(attempt),
                        Frames.progress(attempt, "scan"),
                        Frames.result(attempt, Wire.encode(Jobs.clean())),
                        Frames.cancel(attempt),
                        Frames.ping(1),
                        Frames.pong(1),
                        Frames.goAway("seed"));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(7);
        for (Frame frame : frames) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(one);
            out.writeInt(frame.getSerializedSize());
            frame.writeTo(out);
            one.writeTo(all);
            Files.write(
                    corpus.resolve(frame.getKindCase().name()),
                    concat((byte) 255, one.toByteArray()));
        }
        Files.write(corpus.resolve("ALL"), all.toByteArray());
    }

    private static byte[] concat(byte first, byte... rest) {
        byte[] bytes = new byte[1 + rest.length];
        bytes[0] = first;
        System.arraycopy(rest, 0, bytes, 1, rest.length);
        return bytes;
    }
}
