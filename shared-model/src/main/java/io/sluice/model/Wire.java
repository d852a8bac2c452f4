package io.sluice.model;

import com.google.protobuf.ByteString;
import io.sluice.model.wire.ImageMessage;
import io.sluice.model.wire.InfectedMessage;
import io.sluice.model.wire.JobMessage;
import io.sluice.model.wire.OutcomeMessage;
import io.sluice.model.wire.PolicyMessage;
import io.sluice.model.wire.RejectedMessage;
import io.sluice.model.wire.RenderedMessage;
import io.sluice.model.wire.RenditionMessage;
import io.sluice.model.wire.RenditionSpecMessage;
import io.sluice.model.wire.ScanMessage;
import io.sluice.model.wire.UnscannableMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Translates between the records of this package and the messages of {@code channel.proto}. A
 * message that makes no sense is an {@link IllegalArgumentException}: the peer's fault, never a
 * half-filled record. An empty string on the wire is an absent value here.
 */
public final class Wire {
    private Wire() {}

    /** The job as it goes to a processor. */
    public static JobMessage encode(Job job) {
        JobMessage.Builder message =
                JobMessage.newBuilder()
                        .setId(job.id().toString())
                        .setAttempt(job.attempt())
                        .setKind(
                                switch (job.kind()) {
                                    case PROCESS -> JobMessage.Kind.PROCESS;
                                    case RENDER -> JobMessage.Kind.RENDER;
                                })
                        .setUploadBytes(utf8(job.upload().toString()))
                        .setPathBytes(utf8(job.path()))
                        .setSize(job.size())
                        .setSha256Bytes(utf8(job.sha256().hex()))
                        .setFilenameBytes(utf8(orEmpty(job.filename())))
                        .setDeclaredTypeBytes(utf8(orEmpty(job.declaredType())))
                        .setPolicy(
                                PolicyMessage.newBuilder()
                                        .setProfileBytes(utf8(job.policy().profile()))
                                        .addAllAllowedTypes(job.policy().allowedTypes())
                                        .setMaxPixels(job.policy().maxPixels()))
                        .setDeadlineMs(job.deadline().toEpochMilli())
                        .setTraceParentBytes(utf8(job.traceParent()));
        for (RenditionSpec spec : job.renditions()) {
            message.addRenditions(encode(spec));
        }
        return message.build();
    }

    /**
     * The job that a message asks for.
     *
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static Job decode(JobMessage message) {
        return new Job(
                JobId.parse(message.getId()),
                message.getAttempt(),
                switch (message.getKind()) {
                    case PROCESS -> Job.Kind.PROCESS;
                    case RENDER -> Job.Kind.RENDER;
                    case UNKNOWN, UNRECOGNIZED ->
                            throw new IllegalArgumentException(
                                    "unknown kind of job: " + message.getKindValue());
                },
                UploadId.parse(message.getUpload()),
                message.getPath(),
                message.getSize(),
                new Sha256(message.getSha256()),
                orNull(message.getFilename()),
                orNull(message.getDeclaredType()),
                new Policy(
                        message.getPolicy().getProfile(),
                        message.getPolicy().getAllowedTypesList(),
                        message.getPolicy().getMaxPixels()),
                each(message.getRenditionsList(), Wire::decode),
                Instant.ofEpochMilli(message.getDeadlineMs()),
                message.getTraceParent());
    }

    private static RenditionSpecMessage encode(RenditionSpec spec) {
        RenditionSpecMessage.Builder message =
                RenditionSpecMessage.newBuilder()
                        .setName(spec.name())
                        .setMode(spec.mode().word())
                        .setWidth(spec.width())
                        .setHeight(spec.height())
                        .setQuality(spec.quality());
        for (ImageFormat format : spec.formats()) {
            message.addFormats(format.word());
        }
        if (!spec.options().equals(RenditionOptions.NONE)) {
            message.setOptions(OptionsWire.encode(spec.options()));
        }
        return message.build();
    }

    private static RenditionSpec decode(RenditionSpecMessage message) {
        return new RenditionSpec(
                message.getName(),
                RenditionSpec.Mode.ofWord(message.getMode()),
                message.getWidth(),
                message.getHeight(),
                each(message.getFormatsList(), ImageFormat::ofWord),
                message.getQuality(),
                message.hasOptions()
                        ? OptionsWire.decode(message.getOptions())
                        : RenditionOptions.NONE);
    }

    /** The outcome as it goes back to the edge. */
    public static OutcomeMessage encode(JobOutcome outcome) {
        OutcomeMessage.Builder message = OutcomeMessage.newBuilder();
        switch (outcome) {
            case JobOutcome.Rendered rendered -> message.setRendered(encode(rendered));
            case JobOutcome.Infected(String contentType, ScanReport scan) ->
                    message.setInfected(
                            InfectedMessage.newBuilder()
                                    .setContentType(contentType)
                                    .setScan(encode(scan)));
            case JobOutcome.Rejected(@Nullable String contentType, String code, String detail) ->
                    message.setRejected(
                            RejectedMessage.newBuilder()
                                    .setContentType(orEmpty(contentType))
                                    .setCode(code)
                                    .setDetail(detail));
            case JobOutcome.Unscannable(String contentType, ScanReport scan, String reason) ->
                    message.setUnscannable(
                            UnscannableMessage.newBuilder()
                                    .setContentType(contentType)
                                    .setScan(encode(scan))
                                    .setReason(reason));
            case JobOutcome.Deferred(String reason) ->
                    message.getDeferredBuilder().setReason(reason);
            case JobOutcome.Failed(String reason, boolean retryable) ->
                    message.getFailedBuilder().setReasonBytes(utf8(reason)).setRetryable(retryable);
        }
        return message.build();
    }

    /**
     * The outcome that a message tells.
     *
     * @throws IllegalArgumentException if there is none in it, or a field is malformed
     */
    public static JobOutcome decode(OutcomeMessage message) {
        return switch (message.getKindCase()) {
            case RENDERED -> decode(message.getRendered());
            case INFECTED ->
                    new JobOutcome.Infected(
                            message.getInfected().getContentType(),
                            decode(message.getInfected().getScan()));
            case REJECTED ->
                    new JobOutcome.Rejected(
                            orNull(message.getRejected().getContentType()),
                            message.getRejected().getCode(),
                            message.getRejected().getDetail());
            case UNSCANNABLE ->
                    new JobOutcome.Unscannable(
                            message.getUnscannable().getContentType(),
                            decode(message.getUnscannable().getScan()),
                            message.getUnscannable().getReason());
            case DEFERRED -> new JobOutcome.Deferred(message.getDeferred().getReason());
            case FAILED ->
                    new JobOutcome.Failed(
                            message.getFailed().getReason(), message.getFailed().getRetryable());
            case KIND_NOT_SET -> throw new IllegalArgumentException("a result without an outcome");
        };
    }

    private static RenderedMessage encode(JobOutcome.Rendered rendered) {
        RenderedMessage.Builder message =
                RenderedMessage.newBuilder().setContentType(rendered.contentType());
        if (rendered.scan() != null) {
            message.setScan(encode(rendered.scan()));
        }
        if (rendered.image() != null) {
            message.setImage(
                    ImageMessage.newBuilder()
                            .setFormat(rendered.image().format())
                            .setWidth(rendered.image().width())
                            .setHeight(rendered.image().height())
                            .setFrames(rendered.image().frames()));
        }
        for (Rendition made : rendered.renditions()) {
            message.addRenditions(
                    RenditionMessage.newBuilder()
                            .setName(made.name())
                            .setCacheKeyBytes(utf8(made.cacheKey()))
                            .setContentType(made.contentType())
                            .setWidth(made.width())
                            .setHeight(made.height())
                            .setSize(made.size()));
        }
        return message.build();
    }

    private static JobOutcome.Rendered decode(RenderedMessage message) {
        ImageMessage image = message.getImage();
        return new JobOutcome.Rendered(
                message.getContentType(),
                message.hasScan() ? decode(message.getScan()) : null,
                message.hasImage()
                        ? new ImageFacts(
                                image.getFormat(),
                                image.getWidth(),
                                image.getHeight(),
                                image.getFrames())
                        : null,
                each(
                        message.getRenditionsList(),
                        made ->
                                new Rendition(
                                        made.getName(),
                                        made.getCacheKey(),
                                        made.getContentType(),
                                        made.getWidth(),
                                        made.getHeight(),
                                        made.getSize())));
    }

    private static ScanMessage encode(ScanReport scan) {
        return ScanMessage.newBuilder()
                .setVerdict(scan.verdict().word())
                .setEngine(scan.engine())
                .setSignature(orEmpty(scan.signature()))
                .setAtMs(scan.at().toEpochMilli())
                .build();
    }

    private static ScanReport decode(ScanMessage message) {
        return new ScanReport(
                Verdict.ofWord(message.getVerdict()),
                message.getEngine(),
                orNull(message.getSignature()),
                Instant.ofEpochMilli(message.getAtMs()));
    }

    /** A stream costs more than these lists, of one or two elements as a rule. */
    private static <M, T> List<T> each(List<M> messages, Function<? super M, T> decode) {
        List<T> decoded = new ArrayList<>(messages.size());
        for (M message : messages) {
            decoded.add(decode.apply(message));
        }
        return decoded;
    }

    /** Protocol Buffers counts and copies a text character by character, the JDK as a whole. */
    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
