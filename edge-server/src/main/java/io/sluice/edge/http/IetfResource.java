package io.sluice.edge.http;

import io.sluice.edge.http.header.Preference;
import io.sluice.edge.http.ietf.Ietf;
import io.sluice.edge.http.ietf.IetfAppend;
import io.sluice.edge.http.ietf.IetfCreation;
import io.sluice.edge.http.ietf.IetfProblems;
import io.sluice.edge.http.ietf.InterimResponses;
import io.sluice.edge.http.ietf.InteropVersion;
import io.sluice.edge.http.ietf.UploadLimits;
import io.sluice.edge.http.ietf.Wishes;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.Uploads;
import io.sluice.edge.upload.transfer.Chunk;
import io.sluice.edge.upload.transfer.NewTransfer;
import io.sluice.edge.upload.transfer.Protocol;
import io.sluice.edge.upload.transfer.Role;
import io.sluice.edge.upload.transfer.Transfer;
import io.sluice.edge.upload.transfer.Transfers;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Uploads that are resumed as the IETF drafts it: {@code POST /uploads} begins one, {@code PATCH
 * /uploads/{id}} goes on with it. What ends it is answered as a plain {@code POST} would be.
 */
final class IetfResource {
    private final Transfers transfers;
    private final Uploads uploads;
    private final UploadPolicy policy;
    private final Appending appending;
    private final Waiting waiting;
    private final UploadLimits limits;

    IetfResource(
            Transfers transfers,
            Uploads uploads,
            UploadPolicy policy,
            Appending appending,
            Waiting waiting,
            UploadLimits limits) {
        this.transfers = transfers;
        this.uploads = uploads;
        this.policy = policy;
        this.appending = appending;
        this.waiting = waiting;
        this.limits = limits;
    }

    /** Begins an upload of what the plain {@code POST} would take as one raw body. */
    Mono<ServerResponse> create(
            ServerRequest request, UploadRequest upload, boolean isLast, Identity who) {
        IetfCreation creation = IetfCreation.of(request.headers().asHttpHeaders(), isLast);
        InterimResponses interim = InterimResponses.to(Sockets.of(request), creation.version());
        NewTransfer wanted = wanted(upload, creation, who);
        appending.requireRoom(request, who);
        Newborn newborn = new Newborn(transfers, who);
        return Border.cross(() -> newborn.begin(transfers.create(wanted)))
                .doOnNext(begun -> {
                    if (interim.announce(href(begun), limits.of(begun, who, creation.version()))) {
                        newborn.tell();
                    }
                })
                .flatMap(begun ->
                        creation.isToAppend()
                                ? append(
                                        request,
                                        who,
                                        body(begun.id(), _ -> creation.body(), interim))
                                : Mono.just(begun))
                .doOnNext(now -> {
                    if (!now.isReceiving()) {
                        newborn.tell();
                    }
                })
                .flatMap(now ->
                        now.isReceiving()
                                ? Mono.just(begun(now, who, creation.version()))
                                : ended(now, who, upload.waitFor(), creation.wishes()))
                .doOnNext(_ -> newborn.tell())
                .doFinally(_ -> newborn.end())
                .onErrorMap(failure -> IetfProblems.of(failure, 0))
                .cast(ServerResponse.class);
    }

    private NewTransfer wanted(UploadRequest upload, IetfCreation creation, Identity who) {
        return new NewTransfer(
                policy.begun(upload, who),
                Protocol.IETF,
                Role.WHOLE,
                creation.length(),
                creation.wishes().words(),
                null,
                List.of());
    }

    private static Appending.Body body(
            UploadId id, Function<Transfer, Chunk> chunk, InterimResponses interim) {
        return new Appending.Body(
                id, Protocol.IETF, chunk, _ -> Optional.empty(), interim.progress());
    }

    private Mono<Transfer> append(ServerRequest request, Identity who, Appending.Body body) {
        return appending.append(request, who, body);
    }

    private JsonAnswer begun(Transfer upload, Identity who, InteropVersion version) {
        return unended(HttpStatus.CREATED, upload)
                .with(HttpHeaders.LOCATION, href(upload))
                .with(Ietf.LIMIT, limits.of(upload, who, version));
    }

    private static JsonAnswer unended(HttpStatus status, Transfer upload) {
        return JsonAnswer.empty(status)
                .with(Ietf.COMPLETE, Ietf.bool(false))
                .with(Ietf.OFFSET, Long.toString(upload.offset()));
    }

    private static String href(Transfer upload) {
        return Api.BASE + "/uploads/" + upload.id();
    }

    /** What the plain {@code POST} would have answered. */
    private Mono<JsonAnswer> ended(
            Transfer transfer, Identity who, Optional<Duration> wait, Wishes wishes) {
        return Border.cross(() -> uploads.find(who, transfer.id()).orElseThrow(Api::noUpload))
                .map(Api::requireAlive)
                .flatMap(upload ->
                        waiting.answer(upload, wait)
                                .map(answer ->
                                        wishes.isSha256Wanted()
                                                ? digested(answer, upload.bytes().sha256())
                                                : answer))
                .map(answer ->
                        answer.with(Ietf.COMPLETE, Ietf.bool(true))
                                .with(Ietf.OFFSET, Long.toString(transfer.offset())));
    }

    private static JsonAnswer digested(JsonAnswer answer, @Nullable Sha256 sha256) {
        return sha256 == null
                ? answer
                : answer.with(
                        "Repr-Digest",
                        "sha-256=:%s:"
                                .formatted(
                                        Base64.getEncoder()
                                                .encodeToString(
                                                        HexFormat.of().parseHex(sha256.hex()))));
    }

    /** Appends to an upload, and ends it if the request says so. */
    Mono<ServerResponse> patch(ServerRequest request, Identity who) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        Api.requireJsonAccepted(request);
        IetfAppend append = IetfAppend.of(headers);
        InteropVersion version = append.version();
        InterimResponses interim = InterimResponses.to(Sockets.of(request), version);
        return append(request, who, body(Api.uploadId(request), append::body, interim))
                .flatMap(now ->
                        now.isReceiving()
                                ? Mono.just(appended(now, who, version))
                                : ended(now, who, headers))
                .onErrorMap(failure -> IetfProblems.of(failure, append.body().offset()))
                .cast(ServerResponse.class);
    }

    private JsonAnswer appended(Transfer upload, Identity who, InteropVersion version) {
        HttpStatus status =
                version.createsByAppending() ? HttpStatus.CREATED : HttpStatus.NO_CONTENT;
        return unended(status, upload).with(Ietf.LIMIT, limits.of(upload, who, version));
    }

    /** The preference of the request that ends the upload wins over the one that began it. */
    private Mono<JsonAnswer> ended(Transfer upload, Identity who, HttpHeaders headers) {
        Wishes wishes = Wishes.ofWords(upload.metadata());
        Duration longest = waiting.longest();
        Optional<Duration> wait =
                Preference.wait(headers.getOrEmpty("Prefer"), longest)
                        .or(() -> Preference.wait(wishes.preferences(), longest));
        return ended(upload, who, wait, wishes);
    }
}
