package io.sluice.systemtests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A disk in a file, whose power can be cut: what was not synced by then is gone. Needs root, loop
 * devices and xfsprogs.
 */
final class LoopDisk implements AutoCloseable {
    private static final long SIZE = 512L << 20;
    private static final List<Path> TOOLS =
            List.of(Path.of("/usr/sbin/xfs_io"), Path.of("/usr/sbin/mkfs.xfs"));
    private static final Path LOOPS = Path.of("/dev/loop-control");

    private final Path image;
    private final Path mountPoint;

    private LoopDisk(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
    }

    /** Whether this machine lets us have one. */
    static boolean isPossible() {
        return System.getProperty("user.name").equals("root")
                && Files.exists(LOOPS)
                && TOOLS.stream().allMatch(Files::isExecutable);
    }

    /** A new, mounted disk with that kind of file system. */
    static LoopDisk create(String fileSystem, Path directory)
            throws IOException, InterruptedException {
        Path image = directory.resolve(fileSystem + ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        LoopDisk disk = new LoopDisk(image, Files.createDirectory(directory.resolve(fileSystem)));
        run("mkfs." + fileSystem, "-q", image.toString());
        disk.mount();
        return disk;
    }

    Path mountPoint() {
        return mountPoint;
    }

    /** Cuts the power; from then on nothing can be read or written. */
    void cut() throws IOException, InterruptedException {
        run("xfs_io", "-x", "-c", "shutdown", mountPoint.toString());
    }

    /** Gives it back as it would be after the power's return. */
    void comeBack() throws IOException, InterruptedException {
        close();
        mount();
    }

    private void mount() throws IOException, InterruptedException {
        run("mount", "-o", "loop", image.toString(), mountPoint.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(List.of(command) + ": " + output);
        }
    }

    /** A killed process closes its files a moment after it has lost its command line. */
    @Override
    public void close() {
        await().ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    run("umount", mountPoint.toString());
                    return true;
                });
    }
}
