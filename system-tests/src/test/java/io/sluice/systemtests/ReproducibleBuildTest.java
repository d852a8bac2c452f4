package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever builds a commit gets what everybody else gets, so that a program can be checked. */
class ReproducibleBuildTest {
    private static final int BUILD_MINUTES = 10;
    private static final List<String> PROGRAMS =
            List.of("cache-manager", "edge-server", "image-worker", "master", "processor-service");

    @TempDir Path elsewhere;

    @Test
    @Timeout(value = 2 * BUILD_MINUTES, unit = TimeUnit.MINUTES)
    void twoBuildsInTwoPlacesAreTheSameToTheByte() throws Exception {
        Path other = elsewhere.resolve("sluice");
        copySources(other);
        Path log = elsewhere.resolve("build.log");
        Process maven = build(other, log);
        try {
            assertThat(maven.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            maven.destroy();
        }
        assertThat(maven.exitValue()).as(Files.readString(log)).isZero();

        // The other way round would count what older builds have left behind.
        Map<String, String> fresh = digests(other);
        assertThat(fresh).hasSizeGreaterThan(100);
        assertThat(digests(Command.HOME)).containsAllEntriesOf(fresh);
    }

    private static Process build(Path home, Path log) throws IOException {
        ProcessBuilder maven =
                new ProcessBuilder(
                                "mvn",
                                "-B",
                                "-ntp",
                                "-q",
                                "-pl",
                                String.join(",", PROGRAMS),
                                "-am",
                                "package",
                                "-Dmaven.test.skip=true")
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        maven.environment().remove("JAVA_TOOL_OPTIONS");
        return maven.start();
    }

    private static void copySources(Path to) throws IOException {
        Files.createDirectories(to);
        Files.copy(Command.HOME.resolve("pom.xml"), to.resolve("pom.xml"));
        copy(".mvn", to);
        for (Path module : modules(Command.HOME)) {
            String name = module.getFileName().toString();
            Files.createDirectories(to.resolve(name));
            Files.copy(module.resolve("pom.xml"), to.resolve(name).resolve("pom.xml"));
            copy(name + "/src", to);
        }
    }

    private static void copy(String directory, Path to) throws IOException {
        for (Path file : Trees.files(Command.HOME.resolve(directory)).keySet()) {
            Path target = to.resolve(Command.HOME.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    private static List<Path> modules(Path home) throws IOException {
        try (Stream<Path> entries = Files.list(home)) {
            return entries.filter(entry -> Files.exists(entry.resolve("pom.xml"))).toList();
        }
    }

    /** What is started, our own jars and all that they need: the digest of each, by its path. */
    private static Map<String, String> digests(Path home) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (String program : PROGRAMS) {
            Path target = home.resolve(program).resolve("target");
            for (Path directory : List.of(target, target.resolve("lib"))) {
                addDigests(home, directory, digests);
            }
        }
        return digests;
    }

    private static void addDigests(Path home, Path directory, Map<String, String> digests)
            throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path jar : jars) {
                digests.put(home.relativize(jar).toString(), Sha256.hex(Files.readAllBytes(jar)));
            }
        }
    }
}
