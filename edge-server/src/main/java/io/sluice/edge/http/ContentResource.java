package io.sluice.edge.http;

import io.sluice.edge.content.CacheStatus;
import io.sluice.edge.content.Originals;
import io.sluice.edge.content.RenditionAnswer;
import io.sluice.edge.content.Renditions;
import io.sluice.edge.http.content.FileAnswer;
import io.sluice.edge.http.content.ServedFile;
import io.sluice.edge.http.header.FileNames;
import io.sluice.edge.http.header.Preference;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.Upload;
import io.sluice.edge.upload.Uploads;
import io.sluice.model.UploadId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * {@code GET, HEAD /uploads/{id}/content} and {@code /renditions/{name}}: only of clean uploads.
 * {@code Prefer: wait} waits for the verdict.
 */
final class ContentResource {
    private static final int ETAG_DIGITS = 32;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LONGEST_RENDERING = Duration.ofSeconds(60);
    private static final String ANY_TYPE = "application/octet-stream";

    private final Uploads uploads;
    private final Originals originals;
    private final Renditions renditions;
    private final Waiting waiting;
    private final EdgeMeters meters;

    ContentResource(
            Uploads uploads,
            Originals originals,
            Renditions renditions,
            Waiting waiting,
            EdgeMeters meters) {
        this.uploads = uploads;
        this.waiting = waiting;
        this.originals = originals;
        this.renditions = renditions;
        this.meters = meters;
    }

    Mono<ServerResponse> original(ServerRequest request, Identity who) {
        UploadId id = Api.uploadId(request);
        return ended(request, who, id)
                .then(Border.cross(() -> open(servable(who, id))))
                .map(file ->
                        FileAnswer.of(file, request.method(), request.headers().asHttpHeaders()));
    }

    /** The original at its upload's tus URL, which is gone with the upload as tus has it. */
    Mono<ServerResponse> transferred(ServerRequest request, Identity who) {
        return original(request, who)
                .onErrorMap(
                        Refusal.class,
                        refusal -> refusal.problem() == Problem.DELETED ? Api.noUpload() : refusal);
    }

    /** Completes when the upload has ended, or the time that the client would wait is over. */
    private Mono<Void> ended(ServerRequest request, Identity who, UploadId id) {
        return Preference.wait(request.headers().header("Prefer"), waiting.longest())
                .map(wait ->
                        Border.cross(() -> uploads.find(who, id).orElseThrow(Api::noUpload))
                                .flatMap(now -> waiting.end(now.tenant(), now, wait))
                                .then())
                .orElse(Mono.empty());
    }

    /** Blocks. */
    private Upload servable(Identity who, UploadId id) {
        Upload upload = uploads.find(who, id).orElseThrow(Api::noUpload);
        return switch (upload.state()) {
            case READY -> upload;
            case RECEIVING, STORED, PROCESSING ->
                    throw Problem.NOT_READY
                            .because("the upload is " + upload.state().word())
                            .retryAfter(SOON);
            case QUARANTINED -> throw Problem.QUARANTINED.because("it will never be served");
            case REJECTED -> throw Problem.REJECTED.because(why(upload));
            case UNSCANNABLE -> throw Problem.UNSCANNABLE.because(why(upload));
            case FAILED -> throw Problem.FAILED.because(why(upload));
            case DELETED -> Api.requireAlive(upload);
        };
    }

    private static String why(Upload upload) {
        return upload.problem() == null
                ? "the upload is " + upload.state().word()
                : upload.problem().detail();
    }

    private ServedFile open(Upload upload) throws IOException {
        String type = upload.contentType();
        String name = upload.filename();
        try {
            return new ServedFile(
                    originals.open(upload),
                    0,
                    upload.size(),
                    type == null ? ANY_TYPE : type,
                    '"' + upload.sha256().hex().substring(0, ETAG_DIGITS) + '"',
                    upload.createdAt(),
                    FileNames.disposition(
                            "attachment", name == null ? upload.id().toString() : name));
        } catch (NoSuchFileException e) {
            throw Problem.DELETED.because("the upload was deleted just now");
        }
    }

    Mono<ServerResponse> rendition(ServerRequest request, Identity who) {
        UploadId id = Api.uploadId(request);
        String name = request.pathVariable("name");
        return ended(request, who, id)
                .then(Border.cross(() -> renditions.get(servable(who, id), name)))
                .flatMap(ContentResource::await)
                .map(answer -> answer(answer, request));
    }

    /** Lets a client go after a while; a file that comes too late for it is closed. */
    private static Mono<RenditionAnswer> await(CompletableFuture<RenditionAnswer> future) {
        return Mono.fromFuture(future, true)
                .timeout(
                        LONGEST_RENDERING,
                        Mono.error(() ->
                                Problem.NOT_AVAILABLE
                                        .because("the rendition takes long to make")
                                        .retryAfter(SOON)))
                .doFinally(signal -> {
                    if (signal != SignalType.ON_COMPLETE) {
                        var _ = future.thenAccept(ContentResource::closeLate);
                    }
                });
    }

    private static void closeLate(RenditionAnswer answer) {
        if (answer instanceof RenditionAnswer.Found(var file, _)) {
            Border.leave(() -> {
                try {
                    file.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private ServerResponse answer(RenditionAnswer answer, ServerRequest request) {
        return switch (answer) {
            case RenditionAnswer.Found(var file, CacheStatus status) -> {
                meters.served(status);
                ServedFile served =
                        new ServedFile(
                                file.channel(),
                                file.bodyOffset(),
                                file.bodyLength(),
                                file.contentType(),
                                file.etag(),
                                file.created(),
                                "inline");
                yield FileAnswer.of(served, request.method(), request.headers().asHttpHeaders())
                        .with("X-Cache", status.name());
            }
            case RenditionAnswer.Unknown _ ->
                    throw Problem.NOT_FOUND.because("the profile has no rendition of this name");
            case RenditionAnswer.Unavailable(String reason, var retryAfter) ->
                    throw retryAfter == null
                            ? Problem.NOT_FOUND.because(reason)
                            : Problem.NOT_AVAILABLE.because(reason).retryAfter(retryAfter);
        };
    }
}
