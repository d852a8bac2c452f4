package io.sluice.edge.http;

import io.sluice.edge.http.loop.Border;
import io.sluice.edge.upload.Receipt;
import io.sluice.edge.upload.TooBusy;
import io.sluice.edge.upload.Upload;
import io.sluice.edge.upload.Uploads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Grants {@code Prefer: wait}: holds an answer back until the uploads have ended, or the time is
 * over. When too many wait already the preference is simply not granted.
 */
final class Waiting {
    private final Uploads uploads;
    private final Duration longest;

    Waiting(Uploads uploads, Duration longest) {
        this.uploads = uploads;
        this.longest = longest;
    }

    /** The longest wait that is granted. */
    Duration longest() {
        return longest;
    }

    /** The upload at its end; empty if it doesn't end in time, or can't be waited for. */
    Mono<Upload> end(String tenant, Upload upload, Duration wait) {
        if (upload.state().isEnd()) {
            return Mono.just(upload);
        }
        if (wait.isZero()) {
            return Mono.empty();
        }
        return Border.cross(() -> uploads.whenEnded(tenant, upload.id()))
                .flatMap(Mono::fromFuture)
                .timeout(wait, Mono.empty())
                .onErrorResume(TooBusy.class, _ -> Mono.empty());
    }

    /** Answers uploads that were just accepted. */
    Mono<ServerResponse> answer(List<Receipt> receipts, UploadRequest request) {
        Duration wait = request.waitFor().orElse(Duration.ZERO);
        return Flux.fromIterable(receipts)
                .flatMapSequential(receipt ->
                        end(receipt.upload().tenant(), receipt.upload(), wait)
                                .defaultIfEmpty(receipt.upload()))
                .collectList()
                .map(latest -> answer(latest, receipts, request));
    }

    /** Answers an upload whose bytes came in several requests, as one that came in this one. */
    Mono<JsonAnswer> answer(Upload upload, Optional<Duration> wait) {
        return end(upload.tenant(), upload, wait.orElse(Duration.ZERO))
                .defaultIfEmpty(upload)
                .map(latest -> {
                    boolean isEnded = wait.isPresent() && latest.state().isEnd();
                    HttpStatus status = isEnded ? HttpStatus.CREATED : HttpStatus.ACCEPTED;
                    UploadView view = UploadView.of(latest);
                    return applied(located(JsonAnswer.of(status, view), view, latest), wait);
                });
    }

    private static JsonAnswer located(JsonAnswer answer, UploadView view, Upload upload) {
        return answer.with(HttpHeaders.LOCATION, view.links().self())
                .with(HttpHeaders.ETAG, UploadView.etag(upload));
    }

    private static JsonAnswer applied(JsonAnswer answer, Optional<Duration> wait) {
        wait.ifPresent(w -> answer.with("Preference-Applied", "wait=" + w.toSeconds()));
        return answer;
    }

    private static ServerResponse answer(
            List<Upload> latest, List<Receipt> receipts, UploadRequest request) {
        boolean isNew = receipts.stream().anyMatch(Receipt::isNew);
        boolean isEnded =
                request.waitFor().isPresent() && latest.stream().allMatch(u -> u.state().isEnd());
        HttpStatus status =
                !isNew ? HttpStatus.OK : isEnded ? HttpStatus.CREATED : HttpStatus.ACCEPTED;
        List<UploadView> views = latest.stream().map(UploadView::of).toList();
        JsonAnswer answer =
                JsonAnswer.of(
                        status,
                        request.isForm()
                                ? new UploadView.Several(views, views.getFirst().url())
                                : views.getFirst());
        if (views.size() == 1) {
            located(answer, views.getFirst(), latest.getFirst());
        }
        return applied(answer, request.waitFor());
    }
}
