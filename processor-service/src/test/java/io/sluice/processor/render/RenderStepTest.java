package io.sluice.processor.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.cache.Bounds;
import io.sluice.cache.CacheSettings;
import io.sluice.cache.CachedFile;
import io.sluice.cache.DiskCache;
import io.sluice.cache.Levels;
import io.sluice.cache.Share;
import io.sluice.model.ByteSize;
import io.sluice.model.ImageFacts;
import io.sluice.model.ImageFormat;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Rendition;
import io.sluice.model.RenditionSpec;
import io.sluice.processor.Lease;
import io.sluice.processor.Step.Result;
import io.sluice.processor.TestJobs;
import io.sluice.processor.check.Checked;
import io.sluice.processor.check.ImageBytes;
import io.sluice.processor.check.ImageHeader;
import io.sluice.processor.original.Original;
import io.sluice.processor.original.Store;
import io.sluice.processor.scan.Scanned;
import io.sluice.worker.ImageWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the real image worker, whichever engine it finds on this machine. */
@Timeout(120)
class RenderStepTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RenditionSpec MEDIUM =
            new RenditionSpec(
                    "medium",
                    RenditionSpec.Mode.FIT,
                    600,
                    600,
                    List.of(ImageFormat.WEBP, ImageFormat.JPEG),
                    80);

    private static final ImageWorkers workers = workers(ChildJava.of(ImageWorker.class));

    @TempDir Path directory;
    private TestJobs jobs;
    private DiskCache cache;
    private RenderStep step;
    private final DeadlyOriginals deadly = new DeadlyOriginals(InstantSource.system());
    private final Lease lease = TestJobs.lease();

    @BeforeAll
    static void startWorkers() {
        workers.start();
    }

    @AfterAll
    static void stopWorkers() {
        workers.stop();
    }

    private static ImageWorkers workers(WorkerProgram program) {
        try {
            return new ImageWorkers(
                    new ImageWorkers.Limits(1, 100, Long.MAX_VALUE, LONG, LONG),
                    program,
                    Probe.in(Files.createTempDirectory("probe")),
                    new SimpleMeterRegistry());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void openCache() throws IOException {
        jobs = new TestJobs(directory.resolve("store"));
        open("100MB");
    }

    private void open(String maxSize) throws IOException {
        cache = DiskCache.open(settings(maxSize), InstantSource.system());
        step = new RenderStep(workers, new RenditionCache(cache), deadly);
    }

    private CacheSettings settings(String maxSize) {
        Bounds bounds = new Bounds(100, Duration.ofMillis(50), Duration.ofMillis(200));
        return new CacheSettings(
                directory.resolve("cache"),
                directory.resolve("cache-temp"),
                directory.resolve("cache.zone"),
                Levels.valueOf("1:2"),
                ByteSize.valueOf(maxSize),
                Share.valueOf("0%"),
                Duration.ofDays(10),
                ByteSize.valueOf("1MiB"),
                bounds,
                bounds);
    }

    @AfterEach
    void close() throws IOException {
        lease.close();
        cache.close();
    }

    @Test
    void putsEveryRenditionIntoTheCache() throws Exception {
        JobOutcome.Rendered rendered =
                rendered(scanned("camera.jpg", "image/jpeg", TestJobs.THUMB, MEDIUM));
        assertThat(rendered.image()).isEqualTo(new ImageFacts("jpeg", 1278, 720, 1));
        assertThat(rendered.renditions())
                .extracting(Rendition::name)
                .containsExactly("thumb", "medium");
        assertThat(size(rendered.renditions().get(0))).containsExactly(200, 200);
        assertThat(size(rendered.renditions().get(1))).containsExactly(600, 338);
        assertThat(tempFiles()).isEmpty();
    }

    @Test
    void leavesAloneWhatAnAttemptBeforeHasMade() throws Exception {
        Scanned scanned = scanned("photo.webp", "image/webp", TestJobs.THUMB);
        JobOutcome.Rendered first = rendered(scanned);
        assertThat(rendered(scanned)).isEqualTo(first);
        assertThat(cache.statistics().fills()).isEqualTo(1);
    }

    @Test
    void displaysATurnedPictureUpright() throws Exception {
        JobOutcome.Rendered rendered = rendered(scanned("rotated.jpg", "image/jpeg", MEDIUM));
        assertThat(size(rendered.renditions().getFirst())).containsExactly(600, 342);
    }

    @Test
    void rejectsWhatCannotBeDecoded() throws Exception {
        assertThat(outcome(scanned("truncated.jpg", "image/jpeg", TestJobs.THUMB)))
                .isInstanceOfSatisfying(
                        JobOutcome.Rejected.class,
                        rejected -> {
                            assertThat(rejected.code()).isEqualTo("undecodable-image");
                            assertThat(rejected.detail())
                                    .startsWith("The file begins like image/jpeg, but");
                        });
        assertThat(tempFiles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"notes.txt, text/plain, false", "alpha.png, image/x-unknown, true"})
    void isDoneWithoutRenditionsWhereThereIsNoPictureToRead(
            String file, String type, boolean picture) throws Exception {
        JobOutcome.Rendered rendered = rendered(scanned(file, type, TestJobs.THUMB));
        assertThat(rendered.renditions()).isEmpty();
        assertThat(rendered.image() != null).isEqualTo(picture);
    }

    @Test
    void failsForGoodWhereTheEngineWritesNoneOfTheFormats() throws Exception {
        step = new RenderStep(misbehaving(), new RenditionCache(cache), deadly);
        RenditionSpec png =
                new RenditionSpec(
                        "png", RenditionSpec.Mode.FIT, 10, 10, List.of(ImageFormat.PNG), 80);
        assertThat(outcome(scanned("camera.jpg", "image/jpeg", png)))
                .isEqualTo(
                        new JobOutcome.Failed(
                                "rendition png: misbehaving 1.0 writes none of [PNG]; add jpeg to its formats",
                                false));
    }

    @Test
    void doesNotBelieveAWorkerThatWroteNothing() throws Exception {
        step = new RenderStep(misbehaving(), new RenditionCache(cache), deadly);
        assertThatThrownBy(() -> outcome(scanned("camera.jpg", "image/jpeg", TestJobs.THUMB)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the image worker wrote");
        assertThat(tempFiles()).isEmpty();
    }

    @Test
    void givesUpOnAnOriginalThatEndedTwoWorkersAlsoWhenItComesAgain() throws Exception {
        step = new RenderStep(misbehaving(), new RenditionCache(cache), deadly);
        assertThat(outcome(scanned("crash")))
                .isEqualTo(new JobOutcome.Failed("the image worker ended on it: crashed", true));
        JobOutcome forGood =
                new JobOutcome.Failed(
                        "kept from decoders: 2 image workers ended on this content (crashed)",
                        false);
        assertThat(outcome(scanned("crash"))).isEqualTo(forGood);
        assertThat(outcome(scanned("crash"))).isEqualTo(forGood);
        assertThat(outcome(scanned("damaged"))).isInstanceOf(JobOutcome.Rejected.class);
        assertThat(tempFiles()).isEmpty();
    }

    @Test
    void failsForNowWhenTheCacheHasNoRoom() throws Exception {
        cache.close();
        open("4KB");
        assertThat(outcome(scanned("camera.jpg", "image/jpeg", MEDIUM)))
                .isInstanceOfSatisfying(
                        JobOutcome.Failed.class,
                        failed -> {
                            assertThat(failed.retryable()).isTrue();
                            assertThat(failed.reason()).startsWith("no room in the cache");
                        });
        assertThat(tempFiles()).isEmpty();
    }

    /** They write JPEG only, or say so. */
    private ImageWorkers misbehaving() {
        ImageWorkers misbehaving = workers(ChildJava.of(MisbehavingWorker.class));
        misbehaving.start();
        lease.keep(misbehaving::stop);
        return misbehaving;
    }

    private Scanned scanned(String file, String type, RenditionSpec... specs) throws IOException {
        byte[] bytes = Files.readAllBytes(TestJobs.FILES.resolve(file));
        Job job = jobs.of(file, bytes, Job.Kind.PROCESS, TestJobs.POLICY, List.of(specs));
        Original original = new Store(directory.resolve("store")).open(job, lease);
        String readAs = type.equals("image/x-unknown") ? "image/png" : type;
        @Nullable ImageHeader header =
                ImageHeader.read(readAs, new ImageBytes(original::read, original.size()))
                        .orElse(null);
        return new Scanned(new Checked(job, original, type, header), null);
    }

    /** An original that is a word to a misbehaving worker. */
    private Scanned scanned(String word) throws IOException {
        byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
        Job job =
                jobs.of(
                        "word.jpg",
                        bytes,
                        Job.Kind.PROCESS,
                        TestJobs.POLICY,
                        List.of(TestJobs.THUMB));
        Original original = new Store(directory.resolve("store")).open(job, lease);
        ImageHeader header = new ImageHeader("jpeg", 4, 4, 1, 16, 0, false);
        return new Scanned(new Checked(job, original, "image/jpeg", header), null);
    }

    private JobOutcome.Rendered rendered(Scanned scanned) throws Exception {
        return switch (outcome(scanned)) {
            case JobOutcome.Rendered rendered -> rendered;
            case JobOutcome other -> throw new AssertionError(other.toString());
        };
    }

    private JobOutcome outcome(Scanned scanned) throws Exception {
        return switch (step.take(scanned, lease)) {
            case Result.End<JobOutcome>(JobOutcome outcome) -> outcome;
            case Result.Next<JobOutcome>(JobOutcome outcome) -> outcome;
        };
    }

    /** The size that the cached picture's own header says, which must be what was told. */
    private int[] size(Rendition rendition) throws IOException {
        try (CachedFile file = cache.find(rendition.cacheKey()).orElseThrow()) {
            assertThat(file.bodyLength()).isEqualTo(rendition.size());
            assertThat(file.contentType()).isEqualTo(rendition.contentType());
            ImageBytes bytes =
                    new ImageBytes(
                            (at, target) -> file.channel().read(target, file.bodyOffset() + at),
                            file.bodyLength());
            ImageHeader header = ImageHeader.read(rendition.contentType(), bytes).orElseThrow();
            assertThat(header.width()).isEqualTo(rendition.width());
            assertThat(header.height()).isEqualTo(rendition.height());
            return new int[] {header.width(), header.height()};
        }
    }

    private List<Path> tempFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("cache-temp"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
