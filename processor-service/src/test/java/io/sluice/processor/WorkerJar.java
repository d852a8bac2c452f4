package io.sluice.processor;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A jar that only names the image worker's main class and this test run's own class path. */
final class WorkerJar {
    private WorkerJar() {}

    static Path in(Path directory) throws IOException {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "io.sluice.worker.ImageWorker");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(classPath.split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        Path jar = directory.resolve("worker.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream _ = new JarOutputStream(out, manifest)) {
            return jar;
        }
    }
}
