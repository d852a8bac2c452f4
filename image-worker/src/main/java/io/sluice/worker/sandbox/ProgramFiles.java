package io.sluice.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The files that this program itself is made of: its class path, with what the jars name. */
final class ProgramFiles {
    private static final String FILE = "file:";

    private ProgramFiles() {}

    static Set<Path> of(String classPath) throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        for (Path entry : SandboxSettings.paths(classPath)) {
            add(entry.toAbsolutePath(), files);
        }
        return files;
    }

    private static void add(Path entry, Set<Path> files) throws IOException {
        if (!files.add(entry) || !Files.isRegularFile(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String named =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (named != null) {
                for (String relative : named.strip().split("\\s+", -1)) {
                    add(named(entry, relative), files);
                }
            }
        }
    }

    /** A name in a manifest is a file URI, or relative to the jar. */
    private static Path named(Path jar, String name) {
        return name.startsWith(FILE)
                ? Path.of("/", name.substring(FILE.length()))
                : jar.resolveSibling(name).normalize();
    }
}
