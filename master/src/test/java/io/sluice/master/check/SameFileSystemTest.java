package io.sluice.master.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameFileSystemTest {
    @TempDir Path directory;

    @Test
    void holdsForDirectoriesThatAreNotThereYet() {
        assertThat(
                        new SameFileSystem(
                                        "sluice.cache.temp-directory",
                                        directory.resolve("a/cache"),
                                        directory.resolve("b/temp"))
                                .error())
                .isEmpty();
    }

    @Test
    void failsForADirectoryOnAnotherOne() {
        assertThat(
                        new SameFileSystem(
                                        "sluice.cache.temp-directory",
                                        directory,
                                        Path.of("/proc/self"))
                                .error())
                .contains(
                        "sluice.cache.temp-directory = /proc/self: must be on the same file system as "
                                + directory);
    }
}
