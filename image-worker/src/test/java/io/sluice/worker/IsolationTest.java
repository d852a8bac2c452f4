package io.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.model.wire.RenderReply;
import io.sluice.model.wire.RenderRequest;
import io.sluice.model.wire.WorkerHello;
import io.sluice.worker.engine.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real worker can't do once it is ready; it tries most of it itself before. */
class IsolationTest {
    @TempDir Path folder;
    @TempDir Path elsewhere;
    Path log;

    @BeforeEach
    void nameTheLog() {
        log = folder.resolve("log");
    }

    @Test
    void isCompleteOnThisKernelAndTold() throws IOException {
        try (var worker = new ChildProcess(log, "-Dsluice.worker.isolation=required")) {
            WorkerHello hello = worker.hello();
            assertThat(hello.getGuardsList())
                    .extracting(WorkerHello.Guard::getName)
                    .containsExactly("no-new-privs", "seccomp", "landlock", "limits");
            assertThat(hello.getGuardsList()).allMatch(WorkerHello.Guard::getActive);
            assertThat(worker.status()).contains("NoNewPrivs:\t1", "Seccomp:\t2");
            assertThat(worker.environment())
                    .contains("VIPS_BLOCK_UNTRUSTED=1")
                    .doesNotContain("HOME=", "PATH=/");
        }
    }

    @Test
    void canBeSwitchedOff() throws IOException {
        try (var worker = new ChildProcess(log, "-Dsluice.worker.isolation=off")) {
            assertThat(worker.hello().getGuards(0).getActive()).isFalse();
            assertThat(worker.status()).contains("Seccomp:\t0");
        }
    }

    @Nested
    class AForeignFile {
        @Test
        void isNotRead() throws IOException {
            Path foreign = elsewhere.resolve("camera.jpg");
            Files.copy(TestFiles.jpeg("camera.jpg").file(), foreign);
            assertDenied(request(foreign, folder.resolve("made.jpeg")));
        }

        @Test
        void isNotWritten() throws IOException {
            assertDenied(
                    request(TestFiles.jpeg("camera.jpg").file(), elsewhere.resolve("made.jpeg")));
        }

        @Test
        void isNotReachedThroughALink() throws IOException {
            Path foreign = elsewhere.resolve("camera.jpg");
            Files.copy(TestFiles.jpeg("camera.jpg").file(), foreign);
            Path link = Files.createSymbolicLink(folder.resolve("link.jpg"), foreign);
            assertDenied(request(link, folder.resolve("made.jpeg")));
        }
    }

    @Test
    void endsAPictureThatWouldTakeAllMemoryAsAnError() throws IOException {
        try (var worker =
                new ChildProcess(
                        log,
                        "-Dsluice.worker.isolation=required",
                        "-Dsluice.worker.memory=" + (192L << 20))) {
            assumeTrue(worker.hello().getEngine().startsWith("libvips"));
            RenderRequest request =
                    request(
                            TestFiles.original("huge.png", "image/png").file(),
                            folder.resolve("made.jpeg"));
            RenderReply reply = worker.ask(request.toBuilder().setSourceType("image/png").build());
            assertThat(reply.getSourceDamaged()).isTrue();
        }
    }

    private void assertDenied(RenderRequest request) throws IOException {
        try (var worker = new ChildProcess(log, "-Dsluice.worker.isolation=required")) {
            worker.hello();
            RenderReply reply = worker.ask(request);
            assertThat(reply.getError()).contains("AccessDenied");
            assertThat(reply.getMadeList()).isEmpty();
        }
    }

    private static RenderRequest request(Path source, Path target) throws IOException {
        Files.write(target, new byte[0]);
        return RenderRequest.newBuilder()
                .setId(1)
                .setSource(source.toString())
                .setSourceType("image/jpeg")
                .setCpuSeconds(20)
                .addTargets(
                        RenderRequest.Target.newBuilder()
                                .setName("thumb")
                                .setFile(target.toString())
                                .setFormat("jpeg")
                                .setMode("fit")
                                .setWidth(100)
                                .setHeight(100)
                                .setQuality(80))
                .build();
    }
}
