package io.sluice.edge.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Lets Jazzer look in a process of its own for bytes that a target can't bear. It starts from what
 * is kept in {@code src/test/fuzz}: small examples, and what longer runs have found worth keeping.
 */
public final class Fuzzer {
    /** On a developer's machine each run looks a little further. */
    private static final int SECONDS = System.getenv("CI") == null ? 2 : 5;

    private static final int PATIENCE_SECONDS = 300;

    private Fuzzer() {}

    /**
     * Runs a target.
     *
     * @param kept its folder below {@code src/test/fuzz}
     * @param scratch an empty directory
     */
    public static void run(Class<?> target, String kept, Path scratch) throws Exception {
        Path corpus = Files.createDirectories(scratch.resolve("corpus"));
        Path seeds = Path.of("src/test/fuzz", kept);
        assertThat(seeds).isNotEmptyDirectory();
        Path log = scratch.resolve("log");
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
                                "--target_class=" + target.getName(),
                                "--instrumentation_includes=io.sluice.edge.http.**",
                                "--custom_hook_includes=io.sluice.edge.http.**",
                                "--reproducer_path=" + scratch,
                                "-artifact_prefix=" + scratch + "/",
                                "-max_total_time=" + SECONDS,
                                "-max_len=4096",
                                "-rss_limit_mb=0",
                                corpus.toString(),
                                seeds.toString())
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
}
