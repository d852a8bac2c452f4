package io.sluice.edge.http.structured;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets Jazzer look for fields that the parser can't bear, from every kind of value and what earlier
 * runs have found worth keeping in {@code src/test/fuzz/fields}.
 */
class FieldFuzzTest {
    private static final Path KEPT = Path.of("src/test/fuzz/fields");

    /** On a developer's machine each run looks a little further. */
    private static final int SECONDS = System.getenv("CI") == null ? 3 : 10;

    private static final int PATIENCE_SECONDS = 300;

    @TempDir Path directory;

    @Test
    void theParserBearsWhateverComes() throws Exception {
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
                                "--target_class=" + FieldFuzz.class.getName(),
                                "--instrumentation_includes=io.sluice.**",
                                "--custom_hook_includes=io.sluice.**",
                                "--reproducer_path=" + directory,
                                "-artifact_prefix=" + directory + "/",
                                "-max_total_time=" + SECONDS,
                                "-max_len=512",
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
        List<String> seeds =
                List.of(
                        "?1",
                        "12345;a=1.5",
                        "sha-256=:aGk=:;p, sha-512=10",
                        "(1 \"a\\\"b\" tok/en);x=?0, *b",
                        "@1659578233;y=%\"f%c3%bc\"",
                        "a=1\nb=(2 3)");
        for (int i = 0; i < seeds.size(); i++) {
            Files.writeString(corpus.resolve("seed-" + i), seeds.get(i));
        }
    }
}
