package io.sluice.edge.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cache.DiskCache;
import io.sluice.cache.Fill;
import io.sluice.edge.content.CacheStatus;
import io.sluice.edge.content.RenditionAnswer;
import io.sluice.edge.content.TestRenditions;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.Scope;
import io.sluice.edge.job.ScriptedDispatcher;
import io.sluice.edge.spool.SpoolFile;
import io.sluice.model.ImageFacts;
import io.sluice.model.ImageFormat;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Rendition;
import io.sluice.model.RenditionSpec;
import io.sluice.model.ScanReport;
import io.sluice.model.UploadState;
import io.sluice.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    private static final Identity ADMIN = new Identity("default", "admin", Set.of(Scope.ADMIN));
    private static final ScanReport CLEAN =
            new ScanReport(Verdict.CLEAN, "hash-list", null, Instant.EPOCH);

    @TempDir Path directory;

    private TestEdge edge;

    @BeforeEach
    void open() throws Exception {
        edge = new TestEdge(directory);
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
    }

    private Upload end(JobOutcome outcome) throws Exception {
        Upload upload = edge.accept("hello").upload();
        CompletableFuture<Upload> end = edge.uploads().whenEnded("default", upload.id());
        edge.dispatcher().next().answer().success(outcome);
        return end.get(10, TimeUnit.SECONDS);
    }

    private Upload readyPicture() throws Exception {
        return end(
                new JobOutcome.Rendered(
                        "image/jpeg", CLEAN, new ImageFacts("jpeg", 40, 30, 1), List.of()));
    }

    @Nested
    class AnAcceptedUpload {
        @Test
        void isInTheStoreAndSentToAProcessor() throws Exception {
            Upload upload = edge.accept("hello").upload();

            assertThat(upload.state()).isEqualTo(UploadState.STORED);
            assertThat(edge.data().store().resolve(upload.id().storePath())).hasContent("hello");
            Job job = edge.dispatcher().next().job();
            assertThat(job.path()).isEqualTo(upload.id().storePath());
            assertThat(job.sha256()).isEqualTo(upload.sha256());
            assertThat(job.renditions())
                    .extracting(RenditionSpec::name)
                    .containsExactlyInAnyOrder("thumb", "medium");
            assertThat(edge.find(upload).state()).isEqualTo(UploadState.PROCESSING);
        }

        @Test
        void isReadyWithWhatTheProcessorFound() throws Exception {
            Upload upload = readyPicture();

            assertThat(upload.state()).isEqualTo(UploadState.READY);
            assertThat(upload.contentType()).isEqualTo("image/jpeg");
            assertThat(upload.scan()).isEqualTo(CLEAN);
            assertThat(upload.image()).isEqualTo(new ImageFacts("jpeg", 40, 30, 1));
            assertThat(upload.attempts()).isEqualTo(1);
            assertThat(upload.version()).isGreaterThan(1);
        }

        @Test
        void isQuarantinedWhenInfected() throws Exception {
            Upload upload =
                    end(
                            new JobOutcome.Infected(
                                    "text/plain",
                                    new ScanReport(Verdict.INFECTED, "x", "Eicar", Instant.EPOCH)));

            assertThat(upload.state()).isEqualTo(UploadState.QUARANTINED);
            assertThat(upload.problem()).isNotNull();
            assertThat(edge.data().store().resolve(upload.id().storePath())).doesNotExist();
            assertThat(edge.data().quarantine().resolve(upload.id().toString()))
                    .hasContent("hello");
        }

        @Test
        void isRejectedWithTheReason() throws Exception {
            Upload upload =
                    end(new JobOutcome.Rejected("application/pdf", "type-not-allowed", "No."));

            assertThat(upload.state()).isEqualTo(UploadState.REJECTED);
            assertThat(upload.problem()).isEqualTo(new UploadProblem("type-not-allowed", "No."));
        }

        @Test
        void failsWhenItsJobIsADeadLetter() throws Exception {
            Upload upload = end(new JobOutcome.Failed("damaged", false));

            assertThat(upload.state()).isEqualTo(UploadState.FAILED);
            assertThat(upload.problem()).isEqualTo(new UploadProblem("dead-letter", "damaged"));
        }

        @Test
        void isSeenByItsTenantOnly() throws Exception {
            Upload upload = edge.accept("hello").upload();

            assertThat(edge.uploads().find("stranger", upload.id())).isEmpty();
            assertThat(
                            edge.uploads()
                                    .list("stranger", new UploadQuery(null, null, null, 10))
                                    .uploads())
                    .isEmpty();
        }
    }

    @Nested
    class ARepeatedRequest {
        @Test
        void givesTheEarlierUploadBackAndKeepsNoSecondFile() throws Exception {
            Receipt first = edge.accept("hello", "key");

            Receipt second = edge.accept("hello", "key");

            assertThat(second.isNew()).isFalse();
            assertThat(second.upload().id()).isEqualTo(first.upload().id());
            assertThat(edge.originals()).isEqualTo(1);
        }

        @Test
        void isAConflictWithOtherBytes() throws Exception {
            edge.accept("hello", "key");

            assertThatThrownBy(() -> edge.accept("other", "key"))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            UploadRefused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isEqualTo(UploadRefused.Reason.IDEMPOTENCY_CONFLICT));
            assertThat(edge.originals()).isEqualTo(1);
        }
    }

    @Nested
    class ADeletedUpload {
        @Test
        void leavesATombstoneAndNothingElse() throws Exception {
            Upload upload = readyPicture();

            assertThat(edge.uploads().delete(ADMIN, upload.id())).isTrue();
            assertThat(edge.uploads().delete(ADMIN, upload.id())).isFalse();

            assertThat(edge.find(upload).state()).isEqualTo(UploadState.DELETED);
            assertThat(edge.originals()).isZero();
            assertThat(
                            edge.uploads()
                                    .list("default", new UploadQuery(null, null, null, 10))
                                    .uploads())
                    .isEmpty();
        }

        @Test
        void doesNotComeBackWithALateOutcome() throws Exception {
            Upload upload = edge.accept("hello").upload();
            ScriptedDispatcher.Sent sent = edge.dispatcher().next();

            edge.uploads().delete(ADMIN, upload.id());
            sent.answer().success(new JobOutcome.Rendered("text/plain", CLEAN, null, List.of()));
            Upload other = readyPicture();

            assertThat(other.state()).isEqualTo(UploadState.READY);
            assertThat(edge.find(upload).state()).isEqualTo(UploadState.DELETED);
        }
    }

    @Nested
    class AList {
        @Test
        void isPagedFromTheNewestWithoutGapOrRepetition() throws Exception {
            List<Upload> accepted =
                    List.of(
                            edge.accept("1").upload(),
                            edge.accept("2").upload(),
                            edge.accept("3").upload());

            UploadPage first = edge.uploads().list("default", new UploadQuery(null, null, null, 2));
            UploadPage second =
                    edge.uploads().list("default", new UploadQuery(null, null, first.next(), 2));

            assertThat(first.uploads())
                    .extracting(Upload::id)
                    .containsExactly(accepted.get(2).id(), accepted.get(1).id());
            assertThat(second.uploads())
                    .extracting(Upload::id)
                    .containsExactly(accepted.get(0).id());
            assertThat(second.next()).isNull();
        }
    }

    @Nested
    class ARendition {
        @Test
        void isRenderedOnceForAllWhoAskAndServedFromTheCacheThen() throws Exception {
            Upload upload = readyPicture();

            CompletableFuture<RenditionAnswer> one = edge.renditions().get(upload, "thumb");
            CompletableFuture<RenditionAnswer> other = edge.renditions().get(upload, "thumb");
            ScriptedDispatcher.Sent sent = edge.dispatcher().next();
            Rendition made = fill(upload, sent.job().renditions().getFirst());
            sent.answer().success(new JobOutcome.Rendered("image/jpeg", null, null, List.of(made)));

            assertThat(TestRenditions.statusOf(one)).isEqualTo(CacheStatus.MISS);
            assertThat(TestRenditions.statusOf(other)).isEqualTo(CacheStatus.MISS);
            assertThat(edge.dispatcher().isQuiet()).isTrue();
            assertThat(TestRenditions.statusOf(edge.renditions().get(upload, "thumb")))
                    .isEqualTo(CacheStatus.HIT);
            assertThat(edge.find(upload).renditions()).containsExactly(made);
        }

        private Rendition fill(Upload upload, RenditionSpec spec) throws IOException {
            String key = spec.cacheKey(upload.id(), upload.sha256(), ImageFormat.JPEG);
            DiskCache cache = edge.cache();
            try (Fill fill = cache.fill(key, "image/jpeg", List.of(upload.id().toString()))) {
                byte[] file = Files.readAllBytes(fill.file());
                byte[] whole = Arrays.copyOf(file, (int) fill.bodyOffset() + 5);
                Files.write(fill.file(), whole);
                fill.commit();
            }
            return new Rendition(spec.name(), key, "image/jpeg", 1, 1, 5);
        }

        @Test
        void thatTheProfileHasNotIsUnknown() throws Exception {
            assertThat(edge.renditions().get(readyPicture(), "nope").join())
                    .isInstanceOf(RenditionAnswer.Unknown.class);
        }

        @Test
        void ofWhatIsNoPictureCantBeHad() throws Exception {
            Upload text = end(new JobOutcome.Rendered("text/plain", CLEAN, null, List.of()));

            assertThat(edge.renditions().get(text, "thumb").join())
                    .isInstanceOf(RenditionAnswer.Unavailable.class);
        }
    }

    @Nested
    class TheReconciliation {
        @Test
        void dropsOldBytesWithoutARowAndKeepsYoungOnesAndForeignFiles() throws Exception {
            Upload known = edge.accept("known").upload();
            SpoolFile old = edge.publishWithoutRow("old");
            SpoolFile young = edge.publishWithoutRow("young");
            Path oldFile = edge.data().store().resolve(old.id().storePath());
            Files.setLastModifiedTime(oldFile, FileTime.from(Instant.now().minusSeconds(7200)));
            Path foreign = Files.writeString(edge.data().store().resolve("notes.txt"), "mine");

            edge.reconcile();

            assertThat(oldFile).doesNotExist();
            assertThat(edge.data().store().resolve(young.id().storePath())).exists();
            assertThat(edge.data().store().resolve(known.id().storePath())).exists();
            assertThat(foreign).exists();
        }
    }

    @Nested
    class Admissions {
        @Test
        void areBoundedAndGivenBackOnce() {
            Admission only = edge.uploads().admit();
            assertThatThrownBy(() -> edge.uploads().admit()).isInstanceOf(TooBusy.class);

            only.close();
            only.close();

            edge.uploads().admit().close();
        }
    }
}
