package io.sluice.systemtests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A processor that is started by hand, as the user nobody, under strace. */
final class Stranger implements AutoCloseable {
    private static final int NOBODY = 65534;
    private static final List<String> USER =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    private final Process process;
    private final Path trace;

    private Stranger(Process process, Path trace) {
        this.process = process;
        this.trace = trace;
    }

    /**
     * Sets for both what they have in common: sockets and the cache, which are the other user's.
     */
    static Launch share(Path directory, Launch launch) throws IOException, InterruptedException {
        Path sockets = Files.createDirectories(directory.resolve("theirs/run"));
        run("chmod", "0700", sockets.toString());
        give(directory.resolve("theirs"));
        return launch.with("sluice.channel.unix.directory", sockets)
                .with("sluice.channel.unix.allowed-uids", "0," + NOBODY)
                .with("sluice.channel.unix.pass-descriptors", true)
                .with("sluice.cache.directory", directory.resolve("theirs/cache"))
                .with("sluice.cache.temp-directory", directory.resolve("theirs/temp"))
                .with("sluice.cache.zone-file", directory.resolve("theirs/cache.zone"));
    }

    /** What the edge has made of the cache so far. */
    static void giveCache(Path directory) throws IOException, InterruptedException {
        give(directory.resolve("theirs"));
    }

    private static void give(Path tree) throws IOException, InterruptedException {
        run("chown", "-R", NOBODY + ":" + NOBODY, tree.toString());
    }

    /** Starts it with the same settings, from a copy of the program that it can read. */
    static Stranger start(Path directory, Launch launch) throws IOException, InterruptedException {
        Path programs = copyPrograms(directory.resolve("programs"));
        Path home = Files.createDirectories(directory.resolve("theirs/home"));
        give(home);
        Path trace = home.resolve("trace");
        List<String> command = new ArrayList<>(USER);
        command.addAll(List.of("strace", "-f", "--seccomp-bpf", "-qq"));
        command.addAll(List.of("-e", "trace=open,openat,openat2", "-o", trace.toString()));
        command.addAll(List.of(java(), "-Xmx192m", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-Dsluice.process=stranger", "-jar", jar(programs)));
        launch.settings().forEach((key, value) -> command.add("--" + key + "=" + value));
        command.add("--sluice.data=" + home);
        command.add("--sluice.processor.management-port=0");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(launch.data().resolve("log/stranger.log").toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "LANG"));
        builder.directory(home.toFile());
        return new Stranger(builder.start(), trace);
    }

    private static Path copyPrograms(Path programs) throws IOException, InterruptedException {
        for (String module : List.of("processor-service", "image-worker")) {
            Path target = Files.createDirectories(programs.resolve(module).resolve("target"));
            try (Stream<Path> built = Files.list(Path.of("..", module, "target"))) {
                for (Path each : built.filter(Stranger::isProgram).toList()) {
                    run("cp", "-r", each.toString(), target.toString());
                }
            }
        }
        run("chmod", "-R", "a+rX", programs.toString());
        return programs;
    }

    private static boolean isProgram(Path file) {
        String name = file.getFileName().toString();
        return name.equals("lib") || name.endsWith("-SNAPSHOT.jar");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String jar(Path programs) {
        return programs
                + File.separator
                + "processor-service/target/processor-service-0.1.0-SNAPSHOT.jar";
    }

    /** Whether its user can list or read that. */
    boolean canRead(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(USER);
        command.addAll(List.of("test", "-r", file.toString()));
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    /** All that it and its children have tried to open by a name. */
    String opened() throws IOException {
        return Files.readString(trace);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(List.of(command) + " failed");
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
