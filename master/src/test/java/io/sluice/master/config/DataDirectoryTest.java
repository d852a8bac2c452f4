package io.sluice.master.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir Path directory;

    @Test
    void keepsTheModeThatSomebodyGaveADirectory() throws Exception {
        Path run = Files.createDirectories(directory.resolve("var/run"));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwx---"));

        new DataDirectory(directory.resolve("var")).create();

        assertThat(Files.getPosixFilePermissions(run))
                .isEqualTo(PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(directory.resolve("var/cache-temp")).isDirectory();
    }

    @Test
    void isRefusedWhereNoSocketCouldBe() {
        DataDirectory deep = new DataDirectory(directory.resolve("d".repeat(100)));

        assertThatThrownBy(deep::create).hasMessageContaining("choose a shorter directory");
    }

    @Test
    void isRefusedWhereAFileLies() throws IOException {
        Path file = Files.createFile(directory.resolve("var"));

        assertThatThrownBy(() -> new DataDirectory(file).create())
                .hasMessageContaining("sluice.data = " + file);
    }
}
