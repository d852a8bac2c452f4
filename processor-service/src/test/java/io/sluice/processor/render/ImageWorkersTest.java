package io.sluice.processor.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.model.wire.RenderRequest;
import io.sluice.processor.Lease;
import io.sluice.processor.LeaseOver;
import io.sluice.processor.TestJobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ImageWorkersTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final long MUCH = Long.MAX_VALUE;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Lease lease = TestJobs.lease();
    private @TempDir Path directory;
    private ImageWorkers workers;

    @BeforeEach
    void make() throws IOException {
        workers = limited(new ImageWorkers.Limits(1, 100, MUCH, LONG, LONG));
    }

    @AfterEach
    void stop() {
        workers.stop();
        await().atMost(LONG).until(() -> children().isEmpty());
    }

    @Test
    void areReadyOnceStarted() throws Exception {
        workers.start();
        assertThat(workers.ready()).isEqualTo(1);
        assertThat(workers.engine(lease).orElseThrow().name()).isEqualTo("misbehaving 1.0");
        assertThat(meters.get("sluice.image.workers.ready").gauge().value()).isEqualTo(1);
    }

    @Test
    void makePictures() throws Exception {
        workers.start();
        assertThat(pid()).isIn(children());
    }

    @Test
    void keepTheirProcessFromOnePictureToTheNext() throws Exception {
        workers.start();
        assertThat(pid()).isEqualTo(pid());
    }

    @ParameterizedTest
    @CsvSource({"damaged, not a JPEG file"})
    void tellThatAnOriginalIsDamaged(String source, String reason) throws Exception {
        workers.start();
        long before = pid();
        assertThat(render(source)).isEqualTo(new Answer.Undecodable(reason));
        assertThat(pid()).isEqualTo(before);
    }

    @Nested
    class AreReplaced {
        @Test
        void afterACrashWithinTwoSeconds() throws Exception {
            workers.start();
            long before = pid();
            assertThat(render("crash")).isEqualTo(new Answer.Deadly("crashed"));
            assertThat(pid()).isNotEqualTo(before);
            assertThat(restarts("crash")).isEqualTo(1);
        }

        @Test
        void whenSomebodyKillsThemIdle() throws Exception {
            workers.start();
            long before = pid();
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            await().atMost(LONG).until(() -> restarts("crash") == 1);
            assertThat(pid()).isNotEqualTo(before);
        }

        @Test
        void whenAPictureTakesTooLong() throws Exception {
            workers = limited(new ImageWorkers.Limits(1, 100, MUCH, LONG, SHORT));
            workers.start();
            long before = pid();
            assertThat(render("hang")).isEqualTo(new Answer.Deadly("killed after " + SHORT));
            assertThat(pid()).isNotEqualTo(before);
            assertThat(restarts("deadline")).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"garbage", "flood", "wrong"})
        void whenTheyTalkNonsense(String source) throws Exception {
            workers = limited(new ImageWorkers.Limits(1, 100, MUCH, LONG, Duration.ofSeconds(2)));
            workers.start();
            long before = pid();
            assertThat(render(source)).isInstanceOf(Answer.Deadly.class);
            assertThat(pid()).isNotEqualTo(before);
        }

        @Test
        void afterAsManyPicturesAsOneMakes() throws Exception {
            workers = limited(new ImageWorkers.Limits(1, 2, MUCH, LONG, LONG));
            workers.start();
            long first = pid();
            assertThat(pid()).isEqualTo(first);
            assertThat(pid()).isNotEqualTo(first);
            assertThat(restarts("recycled")).isEqualTo(1);
        }

        @Test
        void whenTheyHaveGrown() throws Exception {
            workers = limited(new ImageWorkers.Limits(1, 100, 1, LONG, LONG));
            workers.start();
            assertThat(pid()).isNotEqualTo(pid());
            await().atMost(LONG).until(() -> restarts("memory") >= 1);
        }

        @Test
        void atOnceHoweverOftenPicturesKillThem() throws Exception {
            workers.start();
            for (int i = 0; i < 12; i++) {
                // With a pause that doubles, the twelfth would be ready after minutes.
                assertThat(render("crash")).isInstanceOf(Answer.Deadly.class);
            }
            assertThat(render("damaged")).isInstanceOf(Answer.Undecodable.class);
        }

        @Test
        void whenNobodyWantsThePictureAnyMore() throws Exception {
            workers.start();
            long before = pid();
            CompletableFuture<Throwable> ended = renderInBackground("hang");
            await().atMost(LONG)
                    .until(() -> meters.get("sluice.image.workers.busy").gauge().value() == 1);
            lease.revoke();
            assertThat(ended.get()).isInstanceOf(LeaseOver.class);
            await().atMost(LONG).until(() -> !children().contains(before));
        }
    }

    @Nested
    class AreExamined {
        @Test
        void byASmallPictureAndLeftAlone() throws Exception {
            workers.start();
            long before = pid();
            assertThat(workers.findUnhealthy()).isZero();
            assertThat(pid()).isEqualTo(before);
        }

        @Test
        void andKilledWhenTheyCannotMakeIt() throws Exception {
            workers.start();
            assertThat(render("numb")).isInstanceOf(Answer.Undecodable.class);
            assertThat(workers.findUnhealthy()).isEqualTo(1);
            await().atMost(LONG).until(() -> restarts("unhealthy") == 1);
        }
    }

    @Nested
    class WithoutAFreeOne {
        @Test
        void theWaitHasAnEnd() throws Exception {
            workers = limited(new ImageWorkers.Limits(1, 100, MUCH, SHORT, LONG));
            workers.start();
            CompletableFuture<Throwable> hanging = renderInBackground("hang");
            await().atMost(LONG).until(() -> render("damaged") instanceof Answer.Busy);
            assertThat(hanging).isNotDone();
        }

        @Test
        void aCancelEndsTheWait() throws Exception {
            ImageWorkers none = limited(new ImageWorkers.Limits(1, 100, MUCH, LONG, LONG));
            lease.revoke();
            assertThatThrownBy(() -> none.render(request("damaged"), lease))
                    .isInstanceOf(LeaseOver.class);
        }
    }

    @Test
    void thatNeverGetReadyAreTriedAgainMoreAndMoreRarely() throws IOException {
        workers =
                new ImageWorkers(
                        new ImageWorkers.Limits(1, 100, MUCH, SHORT, LONG),
                        ChildJava.of(MisbehavingWorker.class, "never"),
                        Probe.in(directory),
                        meters);
        Thread.ofPlatform().daemon().start(workers::start);
        await().atMost(LONG).until(() -> restarts("start") >= 2);
        assertThat(workers.ready()).isZero();
    }

    private ImageWorkers limited(ImageWorkers.Limits limits) throws IOException {
        return new ImageWorkers(
                limits, ChildJava.of(MisbehavingWorker.class), Probe.in(directory), meters);
    }

    private CompletableFuture<Throwable> renderInBackground(String source) {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        render(source);
                    } catch (Exception e) {
                        ended.complete(e);
                    }
                });
        return ended;
    }

    private Answer render(String source) throws Exception {
        return workers.render(request(source), lease);
    }

    private static RenderRequest request(String source) {
        return RenderRequest.newBuilder()
                .setId(7)
                .setSource(source)
                .addTargets(RenderRequest.Target.newBuilder().setName("thumb"))
                .build();
    }

    /** The process that renders next: it tells its pid as a length. */
    private long pid() throws Exception {
        return switch (render("fine")) {
            case Answer.Made(var pictures) -> pictures.getFirst().getLength();
            case Answer other -> throw new AssertionError(other.toString());
        };
    }

    private double restarts(String reason) {
        return meters.counter("sluice.image.worker.restarts", "reason", reason).count();
    }

    private static List<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }
}
