package io.sluice.cachemanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaderLockTest {
    @TempDir Path directory;

    @Test
    void isAnothersUntilItsProcessIsKilled() throws Exception {
        Process other =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                LockHolder.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (LeaderLock lock = new LeaderLock(directory)) {
            assertThat(other.inputReader().readLine()).isEqualTo("true");
            assertThat(lock.tryAcquire()).isFalse();
            assertThat(lock.isHeld()).isFalse();
            other.destroyForcibly();
            assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(lock.tryAcquire()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void countsNoMoreWhenItsFileIsDeletedAndCanBeTakenAgain() throws Exception {
        try (LeaderLock lock = new LeaderLock(directory)) {
            assertThat(lock.tryAcquire()).isTrue();
            assertThat(lock.isHeld()).isTrue();
            Files.delete(directory.resolve(".sluice-manager.lock"));
            assertThat(lock.isHeld()).isFalse();
            assertThat(lock.tryAcquire()).isTrue();
        }
    }
}
