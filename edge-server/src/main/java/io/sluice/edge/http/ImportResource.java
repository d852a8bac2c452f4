package io.sluice.edge.http;

import io.sluice.edge.http.header.ExpectedDigests;
import io.sluice.edge.http.header.FileNames;
import io.sluice.edge.http.header.Preference;
import io.sluice.edge.http.intake.Intake;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.http.meter.EdgeMeters.Outcome;
import io.sluice.edge.http.outbound.Fetcher;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.Receipt;
import io.sluice.edge.upload.TooBusy;
import io.sluice.model.TraceParent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /imports}: an upload whose bytes the edge fetches itself. It is a resource of its
 * own, as a JSON document sent to {@code /uploads} is a file. The answer comes when the bytes are
 * durable, as it does for every other upload: what was acknowledged is there, and needs no second
 * fetch that could fail.
 */
final class ImportResource {
    private final UploadPolicy policy;
    private final Fetcher fetcher;
    private final Entrance entrance;
    private final Handover handover;
    private final Waiting waiting;
    private final EdgeMeters meters;
    private final Semaphore places;

    ImportResource(
            UploadPolicy policy,
            Fetcher fetcher,
            Entrance entrance,
            Handover handover,
            Waiting waiting,
            EdgeMeters meters,
            int maxConcurrent) {
        this.policy = policy;
        this.fetcher = fetcher;
        this.entrance = entrance;
        this.handover = handover;
        this.waiting = waiting;
        this.meters = meters;
        this.places = new Semaphore(maxConcurrent);
    }

    /** What a client sends. */
    record Wanted(
            @Nullable String url,
            @Nullable String filename,
            @Nullable String profile,
            @Nullable JsonNode metadata) {}

    Mono<ServerResponse> create(ServerRequest request, Identity who) {
        // Whoever has only a token must not choose what the edge connects to.
        Gate.requireAccount(who);
        Api.requireJsonAccepted(request);
        HttpHeaders headers = request.headers().asHttpHeaders();
        Optional<String> key = UploadRequest.idempotencyKey(headers);
        var wait = Preference.wait(headers.getOrEmpty("Prefer"), waiting.longest());
        return JsonBody.read(request, Wanted.class)
                .flatMap(wanted -> {
                    UploadRequest upload =
                            new UploadRequest(
                                    null,
                                    OptionalLong.empty(),
                                    new ExpectedDigests(List.of()),
                                    Optional.ofNullable(wanted.filename())
                                            .flatMap(FileNames::clean),
                                    Optional.ofNullable(wanted.profile()),
                                    key,
                                    wait,
                                    TraceParent.continued(headers.getFirst("traceparent")));
                    policy.check(upload, who);
                    return fetch(request, wanted, upload, who)
                            .flatMap(receipts -> waiting.answer(receipts, upload));
                });
    }

    private Mono<List<Receipt>> fetch(
            ServerRequest request, Wanted wanted, UploadRequest upload, Identity who) {
        if (wanted.url() == null) {
            throw Problem.MALFORMED.because("url is missing");
        }
        Map<String, String> fields =
                wanted.metadata() == null
                        ? Map.of()
                        : Map.of("metadata", Metadata.compact(wanted.metadata().toString()));
        String url = wanted.url();
        return Mono.using(
                this::takePlace,
                _ ->
                        Mono.using(
                                () -> entrance.enter(request, upload, who),
                                room ->
                                        fetcher.fetch(
                                                        url,
                                                        upload.filename().orElse(null),
                                                        room.allowance(),
                                                        policy.gate(upload, who))
                                                .flatMap(fetched ->
                                                        accept(
                                                                new Intake(fetched.files(), fields),
                                                                upload,
                                                                who)),
                                room -> room.leaving().run()),
                Semaphore::release);
    }

    private Semaphore takePlace() {
        if (!places.tryAcquire()) {
            throw new TooBusy("too many imports at the same time (sluice.import.max-concurrent)");
        }
        return places;
    }

    /** Goes on when the client does not: bytes that are complete are accepted. */
    private Mono<List<Receipt>> accept(Intake intake, UploadRequest upload, Identity who) {
        return Mono.fromFuture(
                () -> handover.accept(intake, upload, who).thenApply(this::counted), true);
    }

    private List<Receipt> counted(List<Receipt> receipts) {
        receipts.forEach(
                receipt -> meters.upload(receipt.isNew() ? Outcome.ACCEPTED : Outcome.REPEATED));
        return receipts;
    }
}
