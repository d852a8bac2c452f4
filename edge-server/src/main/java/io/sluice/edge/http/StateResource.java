package io.sluice.edge.http;

import io.sluice.edge.http.content.EntityTags;
import io.sluice.edge.http.header.Preference;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.Upload;
import io.sluice.edge.upload.Uploads;
import io.sluice.edge.upload.transfer.Transfers;
import io.sluice.model.UploadId;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET} and {@code DELETE /uploads/{id}}. */
final class StateResource {
    private final Uploads uploads;
    private final Transfers transfers;
    private final Waiting waiting;

    StateResource(Uploads uploads, Transfers transfers, Waiting waiting) {
        this.uploads = uploads;
        this.transfers = transfers;
        this.waiting = waiting;
    }

    Mono<JsonAnswer> read(ServerRequest request, Identity who) {
        Api.requireJsonAccepted(request);
        UploadId id = Api.uploadId(request);
        Optional<Duration> wait =
                Preference.wait(request.headers().header("Prefer"), waiting.longest());
        return Border.cross(() -> uploads.find(who, id).orElseThrow(Api::noUpload))
                .flatMap(upload ->
                        waiting.end(upload.tenant(), upload, wait.orElse(Duration.ZERO))
                                .defaultIfEmpty(upload))
                .map(Api::requireAlive)
                .map(upload -> answer(request, upload, wait));
    }

    private static JsonAnswer answer(
            ServerRequest request, Upload upload, Optional<Duration> wait) {
        String etag = UploadView.etag(upload);
        JsonAnswer answer =
                EntityTags.matchWeakly(request.headers().header(HttpHeaders.IF_NONE_MATCH), etag)
                        ? JsonAnswer.empty(HttpStatus.NOT_MODIFIED)
                        : JsonAnswer.of(HttpStatus.OK, UploadView.of(upload));
        wait.ifPresent(w -> answer.with("Preference-Applied", "wait=" + w.toSeconds()));
        return answer.with(HttpHeaders.ETAG, etag);
    }

    Mono<ServerResponse> delete(ServerRequest request, Identity who) {
        UploadId id = Api.uploadId(request);
        return Border.cross(() -> transfers.terminate(who, id))
                .map(isDeleted -> {
                    if (!isDeleted) {
                        throw Api.noUpload();
                    }
                    return JsonAnswer.empty(HttpStatus.NO_CONTENT);
                });
    }
}
