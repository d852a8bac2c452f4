package io.sluice.channel.pipe;

import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.PipeProperties;
import io.sluice.channel.descriptor.OpenPair;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A processor that runs as a child of the edge.
 *
 * @param name for the log
 * @param process that runs it
 * @param pair the edge's ends of its standard input and output
 */
record Child(String name, Process process, OpenPair pair) {
    private static final Logger log = LoggerFactory.getLogger(Child.class);

    /** The rest of the edge's environment is none of its business: there may be secrets in it. */
    private static final List<String> PASSED_ON =
            List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    /** Starts it in the store's root, so that a job's path can be opened as it stands. */
    static Child start(String name, PipeProperties settings) throws IOException {
        Files.createDirectories(settings.store());
        FileDescriptor[] jobs = FileDescriptor.pipe();
        FileDescriptor[] outcomes = FileDescriptor.pipe();
        OpenPair ours = new OpenPair(outcomes[0], jobs[1]);
        try (OpenPair _ = new OpenPair(jobs[0], outcomes[1])) {
            ProcessBuilder builder =
                    new ProcessBuilder(command(settings.command()))
                            .directory(settings.store().toFile())
                            .redirectInput(file(jobs[0]))
                            .redirectOutput(file(outcomes[1]));
            restrict(builder.environment(), settings);
            return new Child(name, builder.start(), ours);
        } catch (IOException e) {
            ours.close();
            throw new IOException(
                    "sluice.channel.pipe.command = %s: can't be started: %s"
                            .formatted(settings.command(), e.getMessage()),
                    e);
        }
    }

    private static List<String> command(List<String> configured) {
        return configured.size() == 1
                ? List.of("/bin/sh", "-c", configured.getFirst())
                : configured;
    }

    /** Opening it again makes an end that waits, as a plain program expects of its streams. */
    private static File file(FileDescriptor pipe) {
        return new File("/proc/self/fd/" + pipe.intValue());
    }

    private static void restrict(Map<String, String> environment, PipeProperties settings) {
        environment.keySet().retainAll(PASSED_ON);
        environment.put("SLUICE_STORE", settings.store().toAbsolutePath().toString());
        environment.put("SLUICE_FORMAT", settings.format().word());
    }

    /**
     * Waits for it, whose standard input is closed by now; then asks it to end, then makes it. What
     * it started itself goes with it.
     *
     * @param step how long to wait each time
     */
    void end(Duration step) throws InterruptedException {
        List<ProcessHandle> family = process.descendants().toList();
        if (process.waitFor(step.toNanos(), TimeUnit.NANOSECONDS)) {
            family.forEach(ProcessHandle::destroy);
            return;
        }
        log.atWarn().addKeyValue("processor", name).log("still runs {} after its input", step);
        family.forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(step.toNanos(), TimeUnit.NANOSECONDS)) {
            log.atWarn().addKeyValue("processor", name).log("is killed");
            process.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
