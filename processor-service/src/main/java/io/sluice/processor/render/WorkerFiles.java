package io.sluice.processor.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that image workers may open, besides their own program's.
 *
 * @param readable below these
 * @param writable below these, and only what is there already
 */
record WorkerFiles(List<Path> readable, List<Path> writable) {
    WorkerFiles {
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
    }

    /** The kernel's rules name directories that are there: a first start may be before them. */
    void make() throws IOException {
        for (Path directory : Stream.concat(readable.stream(), writable.stream()).toList()) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
    }

    List<String> flags() {
        return List.of(
                "-Dsluice.worker.readable=" + joined(readable),
                "-Dsluice.worker.writable=" + joined(writable));
    }

    private static String joined(List<Path> paths) {
        return paths.stream()
                .map(path -> path.toAbsolutePath().normalize().toString())
                .collect(Collectors.joining(":"));
    }
}
