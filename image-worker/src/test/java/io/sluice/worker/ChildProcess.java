package io.sluice.worker;

import io.sluice.model.wire.RenderReply;
import io.sluice.model.wire.RenderRequest;
import io.sluice.model.wire.WorkerHello;
import io.sluice.worker.engine.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real worker in a process of its own, as the processor starts it. */
final class ChildProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private static final int LAST_WORDS = 2_000;

    private final Process process;
    private final Path log;

    ChildProcess(Path log, String... properties) throws IOException {
        this.log = log;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+DisplayVMOutputToStderr",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=/dev/null",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dsluice.worker.readable=%s:%s"
                                .formatted(log.getParent(), TestFiles.FOLDER.toAbsolutePath()),
                        "-Dsluice.worker.writable=" + log.getParent()));
        bundledLibrary().ifPresent(path -> command.add("-Dsluice.worker.libvips=" + path));
        command.addAll(List.of(properties));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), ImageWorker.class.getName()));
        this.process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    }

    /** The one that the build fetches where npm is; the program finds it beside its own jar. */
    private static Optional<Path> bundledLibrary() throws IOException {
        Path directory = Path.of("target", "native").toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().contains("libvips-cpp.so.")).findFirst();
        }
    }

    WorkerHello hello() throws IOException {
        return WorkerHello.parseDelimitedFrom(process.getInputStream());
    }

    RenderReply ask(RenderRequest request) throws IOException {
        send(request);
        return RenderReply.parseDelimitedFrom(process.getInputStream());
    }

    void send(RenderRequest request) throws IOException {
        request.writeDelimitedTo(process.getOutputStream());
        process.getOutputStream().flush();
    }

    void sendRaw(byte[] bytes) throws IOException {
        process.getOutputStream().write(bytes);
        process.getOutputStream().flush();
    }

    /** Closes its stdin and waits for its end. */
    int exitAfterEndOfInput() throws IOException, InterruptedException {
        process.getOutputStream().close();
        return exit();
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the worker still runs");
        }
        return process.exitValue();
    }

    /** What the kernel tells of it. */
    List<String> status() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"));
    }

    /** Its environment, as the kernel shows it. */
    String environment() throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "environ"));
    }

    /** The end of what it said on stderr. */
    String lastWords() {
        try {
            String all = Files.readString(log);
            return all.substring(Math.max(0, all.length() - LAST_WORDS));
        } catch (IOException e) {
            return e.toString();
        }
    }

    boolean hasAnswered() throws IOException {
        return process.getInputStream().available() > 0;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
