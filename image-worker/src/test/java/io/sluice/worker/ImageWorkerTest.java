package io.sluice.worker;

import static io.sluice.worker.engine.TestFiles.jpeg;
import static io.sluice.worker.engine.TestFiles.original;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.wire.RenderReply;
import io.sluice.model.wire.RenderRequest;
import io.sluice.worker.engine.Original;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageWorkerTest {
    @TempDir Path folder;
    Path log;

    @BeforeEach
    void nameTheLog() {
        log = folder.resolve("log");
    }

    @Nested
    class AWorker {
        @Test
        void saysWhatItCanDoAndRendersOneAfterTheOther() throws IOException, InterruptedException {
            try (var worker = new ChildProcess(log)) {
                assertThat(worker.hello().getWritesList()).contains("jpeg", "png");
                RenderReply first = worker.ask(request(1, jpeg("camera.jpg"), 300));
                RenderReply second = worker.ask(request(2, jpeg("rotated.jpg"), 100));
                assertThat(first.getId()).isEqualTo(1);
                assertThat(first.getError()).isEmpty();
                assertThat(first.getMade(0).getName()).isEqualTo("medium");
                assertThat(first.getMade(0).getWidth()).isEqualTo(300);
                assertThat(second.getId()).isEqualTo(2);
                assertThat(second.getMade(0).getHeight()).isEqualTo(57);
                assertThat(Files.size(folder.resolve("2.jpeg")))
                        .isEqualTo(64 + second.getMade(0).getLength());
                assertThat(worker.exitAfterEndOfInput()).isZero();
            }
        }

        @Test
        void answersAndGoesOnAfterADamagedOriginal() throws IOException {
            try (var worker = new ChildProcess(log)) {
                worker.hello();
                RenderReply damaged = worker.ask(request(1, jpeg("truncated.jpg"), 300));
                assertThat(damaged.getSourceDamaged()).isTrue();
                assertThat(damaged.getError()).isNotEmpty();
                assertThat(damaged.getMadeList()).isEmpty();
                RenderReply whole = worker.ask(request(2, jpeg("camera.jpg"), 300));
                assertThat(whole.getError()).isEmpty();
            }
        }

        @Test
        void doesNotBlameTheOriginalForWhatItCannotWrite() throws IOException {
            try (var worker = new ChildProcess(log)) {
                worker.hello();
                RenderRequest.Builder request = request(1, jpeg("camera.jpg"), 300).toBuilder();
                request.getTargetsBuilder(0).setFormat("tga");
                RenderReply unknown = worker.ask(request.build());
                assertThat(unknown.getError()).contains("tga");
                assertThat(unknown.getSourceDamaged()).isFalse();
                request.getTargetsBuilder(0)
                        .setFormat("jpeg")
                        .setFile(folder.resolve("no/such").toString());
                RenderReply missing = worker.ask(request.build());
                assertThat(missing.getError()).contains("no/such");
                assertThat(missing.getSourceDamaged()).isFalse();
            }
        }

        @Test
        void endsWithItsParentInTheMiddleOfARendering() throws IOException, InterruptedException {
            // The worker waits for the rest of this original inside its decoder.
            Path pipe = folder.resolve("pipe.jpg");
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
            try (var worker = new ChildProcess(log)) {
                worker.hello();
                worker.send(request(1, new Original(pipe, "image/jpeg"), 300));
                try (OutputStream slow = Files.newOutputStream(pipe)) {
                    slow.write(new byte[] {(byte) 0xFF, (byte) 0xD8}); // a JPEG begins
                    assertThat(worker.exitAfterEndOfInput()).isZero();
                }
                assertThat(worker.hasAnswered()).isFalse();
            }
        }

        @Test
        void refusesABombQuickly() throws IOException {
            try (var worker = new ChildProcess(log)) {
                worker.hello();
                RenderReply reply = worker.ask(request(1, original("huge.png", "image/png"), 200));
                assertThat(reply.getSourceDamaged()).isTrue();
            }
        }

        @Test
        void endsWhenThePipeCarriesSomethingElse() throws IOException, InterruptedException {
            try (var worker = new ChildProcess(log)) {
                worker.hello();
                worker.sendRaw(
                        "GET / HTTP/1.1\r\n\r\n".repeat(20).getBytes(StandardCharsets.UTF_8));
                assertThat(worker.exit()).isEqualTo(Requests.FAILED);
            }
        }
    }

    @Nested
    class TheEngine {
        @Test
        void isJava2dOnDemand() throws IOException {
            try (var worker = new ChildProcess(log, "-Dsluice.worker.engine=java2d")) {
                assertThat(worker.hello().getEngine()).isEqualTo("java2d");
                assertThat(worker.ask(request(1, jpeg("camera.jpg"), 300)).getError()).isEmpty();
            }
        }

        @Test
        void isJava2dWhereLibvipsIsMissingAndSaysSoOnce() throws IOException {
            try (var worker = new ChildProcess(log, "-Dsluice.worker.libvips=/no/libvips.so")) {
                assertThat(worker.hello().getEngine()).isEqualTo("java2d");
            }
            assertThat(Files.readString(log)).containsOnlyOnce("no libvips (/no/libvips.so: ");
        }

        @Test
        void isJava2dWhereTheLibraryIsNotLibvips() throws IOException {
            try (var worker = new ChildProcess(log, "-Dsluice.worker.libvips=libc.so.6")) {
                assertThat(worker.hello().getEngine()).isEqualTo("java2d");
            }
            assertThat(Files.readString(log)).contains("lacks vips_");
        }

        @Test
        void isNotReplacedWhereVipsIsDemanded() throws IOException, InterruptedException {
            try (var worker =
                    new ChildProcess(
                            log,
                            "-Dsluice.worker.engine=vips",
                            "-Dsluice.worker.libvips=/no/libvips.so")) {
                assertThat(worker.exit()).isEqualTo(Requests.FAILED);
            }
        }

        @Test
        void mustBeAKnownOne() throws IOException, InterruptedException {
            try (var worker = new ChildProcess(log, "-Dsluice.worker.engine=gd")) {
                assertThat(worker.exit()).isEqualTo(Requests.FAILED);
            }
            assertThat(Files.readString(log))
                    .contains("sluice.worker.engine = gd: use auto, vips or java2d");
        }
    }

    private RenderRequest request(long id, Original original, int side) throws IOException {
        Path file = Files.write(folder.resolve(id + ".jpeg"), new byte[64]);
        return RenderRequest.newBuilder()
                .setId(id)
                .setSource(original.file().toString())
                .setSourceType(original.type())
                .addTargets(
                        RenderRequest.Target.newBuilder()
                                .setName("medium")
                                .setFile(file.toString())
                                .setBodyOffset(64)
                                .setFormat("jpeg")
                                .setMode("fit")
                                .setWidth(side)
                                .setHeight(side)
                                .setQuality(80))
                .build();
    }
}
