package io.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.model.wire.JobMessage;
import io.sluice.model.wire.OutcomeMessage;
import io.sluice.model.wire.RenditionSpecMessage;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class WireTest {
    private static final Instant AT = Instant.ofEpochMilli(1_790_000_000_123L);

    private static Job job(Job.Kind kind) {
        return new Job(
                JobId.parse("01a20089-efac-7d84-b4fe-c889fd3317d7"),
                2,
                kind,
                UploadId.parse("01a20086-7703-73dd-9445-3e238666ab07"),
                "07/ab/01a20086-7703-73dd-9445-3e238666ab07",
                5_000_000_000L,
                new Sha256("ab".repeat(32)),
                "ürlaub 🏖.jpg",
                "image/jpeg",
                new Policy("default", List.of("image/*", "text/plain"), 50_000_000),
                List.of(
                        new RenditionSpec(
                                "thumb",
                                RenditionSpec.Mode.COVER,
                                200,
                                100,
                                List.of(ImageFormat.WEBP, ImageFormat.JPEG),
                                80),
                        new RenditionSpec(
                                "medium",
                                RenditionSpec.Mode.FIT,
                                1200,
                                1200,
                                List.of(ImageFormat.PNG),
                                90,
                                new RenditionOptions(
                                        Gravity.NORTH_EAST,
                                        0.25,
                                        0.75,
                                        2,
                                        "aabbcc",
                                        90,
                                        10,
                                        1.5,
                                        0.5,
                                        40_000))),
                AT,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    @Nested
    class AJob {
        @ParameterizedTest
        @EnumSource
        void survivesTheWire(Job.Kind kind) throws InvalidProtocolBufferException {
            Job job = job(kind);
            byte[] bytes = Wire.encode(job).toByteArray();
            assertThat(Wire.decode(JobMessage.parseFrom(bytes))).isEqualTo(job);
        }

        @Test
        void mayHaveNoNameNoTypeAndNoRenditions() {
            JobMessage message =
                    Wire.encode(job(Job.Kind.PROCESS)).toBuilder()
                            .clearFilename()
                            .clearDeclaredType()
                            .clearRenditions()
                            .build();
            Job job = Wire.decode(message);
            assertThat(job.filename()).isNull();
            assertThat(job.declaredType()).isNull();
            assertThat(job.renditions()).isEmpty();
            assertThat(Wire.encode(job)).isEqualTo(message);
        }

        static final List<Consumer<JobMessage.Builder>> DAMAGES =
                List.of(
                        JobMessage.Builder::clear,
                        message -> message.setId("1"),
                        message -> message.setUpload("../../../etc/passwd"),
                        message -> message.setAttempt(0),
                        message -> message.setAttempt(-1),
                        message -> message.setKind(JobMessage.Kind.UNKNOWN),
                        message -> message.setKindValue(99),
                        message -> message.setSize(-1),
                        message -> message.setSha256("abc"),
                        message -> message.setPath(""),
                        message -> message.setPath("/etc/passwd"),
                        message -> message.setPath("07/../../secrets/key"),
                        message -> message.setPath("07/./ab"),
                        message -> message.setPath("07//ab"),
                        message -> message.setPath("07/ab\0"),
                        message -> spec(message).setMode("stretch"),
                        message -> spec(message).addFormats("svg"),
                        message -> spec(message).clearFormats(),
                        message -> spec(message).setWidth(0),
                        message -> spec(message).setHeight(-5),
                        message -> spec(message).setQuality(101));

        private static RenditionSpecMessage.Builder spec(JobMessage.Builder message) {
            return message.getRenditionsBuilder(0);
        }

        @ParameterizedTest
        @FieldSource("DAMAGES")
        void thatMakesNoSenseIsRefused(Consumer<JobMessage.Builder> damage) {
            JobMessage.Builder message = Wire.encode(job(Job.Kind.PROCESS)).toBuilder();
            damage.accept(message);
            assertThatThrownBy(() -> Wire.decode(message.build()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class AnOutcome {
        static Stream<JobOutcome> outcomes() {
            ScanReport clean = new ScanReport(Verdict.CLEAN, "clamd 1.4.6/27000", null, AT);
            ScanReport infected = new ScanReport(Verdict.INFECTED, "hashes", "Eicar", AT);
            return Stream.of(
                    new JobOutcome.Rendered(
                            "image/jpeg",
                            clean,
                            new ImageFacts("jpeg", 640, 480, 1),
                            List.of(new Rendition("thumb", "key", "image/webp", 200, 100, 4321L))),
                    new JobOutcome.Rendered("text/plain", clean, null, List.of()),
                    new JobOutcome.Rendered("image/png", null, null, List.of()),
                    new JobOutcome.Infected("text/plain", infected),
                    new JobOutcome.Rejected("application/pdf", "type-not-allowed", "No PDF."),
                    new JobOutcome.Rejected(null, "empty-file", "The file is empty."),
                    new JobOutcome.Unscannable(
                            "image/png",
                            new ScanReport(Verdict.UNSCANNABLE, "clamd", null, AT),
                            "limits"),
                    new JobOutcome.Failed("scanner down", true),
                    new JobOutcome.Failed("bug", false),
                    new JobOutcome.Deferred("clamd is down"));
        }

        @ParameterizedTest
        @MethodSource("outcomes")
        void survivesTheWire(JobOutcome outcome) throws InvalidProtocolBufferException {
            byte[] bytes = Wire.encode(outcome).toByteArray();
            assertThat(Wire.decode(OutcomeMessage.parseFrom(bytes))).isEqualTo(outcome);
        }

        @Test
        void ofEveryKindIsAmongThem() {
            assertThat(outcomes().map(Object::getClass).distinct())
                    .hasSameSizeAs(JobOutcome.class.getPermittedSubclasses());
        }

        @Test
        void thatIsNoneIsRefused() {
            assertThatThrownBy(() -> Wire.decode(OutcomeMessage.getDefaultInstance()))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void withoutAVerdictIsRefused() {
            OutcomeMessage.Builder message = OutcomeMessage.newBuilder();
            message.getInfectedBuilder().setContentType("text/plain");
            assertThatThrownBy(() -> Wire.decode(message.build()))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void whoseVerdictContradictsItIsRefused() {
            OutcomeMessage.Builder message =
                    Wire.encode(outcomes().findFirst().orElseThrow()).toBuilder();
            message.getRenderedBuilder().getScanBuilder().setVerdict("infected");
            assertThatThrownBy(() -> Wire.decode(message.build()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
