package io.sluice.processor.render;

import io.sluice.model.ByteSize;
import io.sluice.processor.ProcessorProperties;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The command that starts an image worker, and the little of the environment that it gets. */
final class WorkerProgram {
    /** The properties that configure the worker go through to it. */
    private static final String PROPERTIES = "sluice.worker.";

    private static final Set<String> VARIABLES =
            Set.of("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "SLUICE_WORKER_LIBVIPS");

    private final List<String> command;
    private final WorkerFiles files;

    private WorkerProgram(List<String> command, WorkerFiles files) {
        this.command = List.copyOf(command);
        this.files = files;
    }

    /** Any command that speaks a worker's protocol. */
    static WorkerProgram of(List<String> command) {
        return new WorkerProgram(command, new WorkerFiles(List.of(), List.of()));
    }

    /**
     * The image worker's jar in this JVM's own kind of JVM.
     *
     * @throws IllegalArgumentException if the jar isn't there
     */
    static WorkerProgram of(ProcessorProperties properties, WorkerFiles files) {
        Path jar =
                Objects.requireNonNullElseGet(properties.workerJar(), WorkerProgram::besideThis)
                        .toAbsolutePath()
                        .normalize();
        if (!Files.isReadable(jar)) {
            throw new IllegalArgumentException(
                    "sluice.processor.worker-jar = %s: is not there; build the module image-worker, or name its jar"
                            .formatted(jar));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(properties.workerHeap()));
        command.addAll(files.flags());
        command.add("-Dsluice.worker.isolation=" + properties.workerIsolation().word());
        command.add("-Dsluice.worker.memory=" + properties.workerMemory().bytes());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PROPERTIES))
                .sorted()
                .map(name -> "-D" + name + '=' + System.getProperty(name))
                .forEach(command::add);
        command.addAll(List.of("-jar", jar.toString()));
        return new WorkerProgram(command, files);
    }

    private static List<String> flags(ByteSize heap) {
        return List.of(
                "-Dsluice.process=image-worker",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-XX:+DisableAttachMechanism",
                "-Xmx" + heap.bytes(),
                "-XX:+ExitOnOutOfMemoryError",
                // stdout is the protocol's: a crash of native code must not be told there.
                "-XX:+DisplayVMOutputToStderr",
                "-XX:+SuppressFatalErrorMessage",
                "-XX:-CreateCoredumpOnCrash",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }

    /** In a build tree the modules' jars lie side by side; a class directory is one level less. */
    private static Path besideThis() {
        try {
            Path program =
                    Path.of(
                            WorkerProgram.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return program.resolveSibling(
                    "../../image-worker/target/image-worker-0.1.0-SNAPSHOT.jar");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the processor's own place is no path", e);
        }
    }

    /** Starts it; what it says on stderr goes where this process's own goes. */
    Process start() throws IOException {
        files.make();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().retainAll(VARIABLES);
        return builder.start();
    }
}
