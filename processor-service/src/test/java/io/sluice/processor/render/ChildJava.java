package io.sluice.processor.render;

import io.sluice.processor.TestJobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that start a main class of the tests' own class path as a worker. */
final class ChildJava {
    private static final String TEMPORARY = System.getProperty("java.io.tmpdir");

    private ChildJava() {}

    static WorkerProgram of(Class<?> main, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx64m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dsluice.worker.readable=%s:%s"
                                        .formatted(TEMPORARY, TestJobs.FILES.toAbsolutePath()),
                                "-Dsluice.worker.writable=" + TEMPORARY,
                                "-cp",
                                classPath(),
                                main.getName()));
        command.addAll(List.of(arguments));
        return WorkerProgram.of(command);
    }

    /** Surefire's own class path is one jar that names the real one. */
    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
