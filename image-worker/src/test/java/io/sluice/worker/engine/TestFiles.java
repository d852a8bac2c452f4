package io.sluice.worker.engine;

import java.nio.file.Path;

/** The repository's real files. */
public final class TestFiles {
    public static final Path FOLDER = Path.of("..", "test-files");

    private TestFiles() {}

    public static Original jpeg(String name) {
        return original(name, "image/jpeg");
    }

    public static Original original(String name, String type) {
        return new Original(FOLDER.resolve(name).toAbsolutePath().normalize(), type);
    }
}
