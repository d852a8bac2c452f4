package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The example in Python, as a process of its own. */
final class PythonProcessor implements AutoCloseable {
    private static final Path PROGRAM = Path.of("../examples/python-processor/processor.py");

    private final Path socket;
    private final Process process;

    private PythonProcessor(Path socket, Process process) {
        this.socket = socket;
        this.process = process;
    }

    static void assumeAvailable() {
        assumeOnPath("python3");
    }

    static void assumeOnPath(String program) {
        Stream<Path> folders =
                Pattern.compile(File.pathSeparator)
                        .splitAsStream(System.getenv("PATH"))
                        .map(Path::of);
        assumeThat(folders.map(folder -> folder.resolve(program)))
                .as(program)
                .anyMatch(Files::isExecutable);
    }

    /** Returns when edges can connect. */
    static PythonProcessor start(Path data) throws IOException {
        Path socket = data.resolve("run/processor-python.sock");
        Files.deleteIfExists(socket);
        Process process =
                new ProcessBuilder(
                                "python3",
                                PROGRAM.toString(),
                                "--data",
                                data.toString(),
                                "--name",
                                "python")
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        data.resolve("log/python.log").toFile()))
                        .start();
        await().atMost(Sluice.PATIENCE).until(() -> Files.exists(socket));
        return new PythonProcessor(socket, process);
    }

    /** With signal 9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** After it is asked to: it drains, says so by its exit code and takes its socket along. */
    void endsByItself() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(socket).doesNotExist();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
