package io.sluice.master.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir Path directory;

    private void write(LogFile log, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        log.write(bytes, bytes.length);
    }

    @Test
    void isAppendedToAndReadableByItsOwnerAlone() throws IOException {
        Path path = directory.resolve("edge.log");
        try (LogFile log = new LogFile(path)) {
            log.line("one");
        }
        try (LogFile log = new LogFile(path)) {
            log.line("two");
        }

        assertThat(path).hasContent("one\ntwo\n");
        assertThat(Files.getPosixFilePermissions(path))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Nested
    class ARenamedLog {
        @Test
        void isLeftAtOnceBetweenTwoLines() throws IOException {
            try (LogFile log = renamed("first\n")) {
                log.reopen();
                write(log, "second\n");
            }

            assertThat(directory.resolve("edge.log.1")).hasContent("first\n");
            assertThat(directory.resolve("edge.log")).hasContent("second\n");
        }

        @Test
        void keepsALineThatHasBegun() throws IOException {
            try (LogFile log = renamed("begun, ")) {
                log.reopen();
                write(log, "not ended, ");
                write(log, "ended\nnext\n");
            }

            assertThat(directory.resolve("edge.log.1")).hasContent("begun, not ended, ended\n");
            assertThat(directory.resolve("edge.log")).hasContent("next\n");
        }

        private LogFile renamed(String text) throws IOException {
            LogFile log = new LogFile(directory.resolve("edge.log"));
            write(log, text);
            Files.move(directory.resolve("edge.log"), directory.resolve("edge.log.1"));
            return log;
        }
    }

    @Test
    void losesLinesRatherThanTheProcessWhenItCannotBeWritten() throws IOException {
        Path missing = directory.resolve("no/edge.log");
        try (LogFile log = new LogFile(missing)) {
            log.line("lost");
            assertThat(log.takeLostBytes()).isEqualTo(5);

            Files.createDirectory(directory.resolve("no"));
            log.line("kept");
            assertThat(log.takeLostBytes()).isZero();
        }
        assertThat(missing).hasContent("kept\n");
    }
}
