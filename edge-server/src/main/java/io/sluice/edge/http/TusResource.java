package io.sluice.edge.http;

import io.sluice.edge.http.connection.Trailers;
import io.sluice.edge.http.intake.Visit;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.tus.Tus;
import io.sluice.edge.http.tus.TusCreation;
import io.sluice.edge.http.tus.TusFields;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.transfer.Chunk;
import io.sluice.edge.upload.transfer.NewTransfer;
import io.sluice.edge.upload.transfer.Protocol;
import io.sluice.edge.upload.transfer.Role;
import io.sluice.edge.upload.transfer.Transfer;
import io.sluice.edge.upload.transfer.Transfers;
import io.sluice.model.UploadId;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** tus 1.0.0: {@code POST /tus}, and {@code HEAD, PATCH, DELETE /tus/{id}}. */
final class TusResource {
    private final Transfers transfers;
    private final UploadPolicy policy;
    private final Appending appending;

    TusResource(Transfers transfers, UploadPolicy policy, Appending appending) {
        this.transfers = transfers;
        this.policy = policy;
        this.appending = appending;
    }

    Mono<ServerResponse> create(ServerRequest request, Identity who) {
        TusCreation creation = TusCreation.of(request.headers().asHttpHeaders());
        NewTransfer wanted = wanted(creation, who);
        appending.requireRoom(request, who);
        Newborn newborn = new Newborn(transfers, who);
        return Border.cross(() -> newborn.begin(transfers.create(wanted)))
                .flatMap(begun -> withBody(request, who, creation.body(), begun))
                .doOnNext(_ -> newborn.tell())
                .doFinally(_ -> newborn.end())
                .map(TusResource::created);
    }

    private NewTransfer wanted(TusCreation creation, Identity who) {
        boolean isPart = creation.concat().role() == Role.PART;
        return new NewTransfer(
                policy.transferred(creation.metadata(), isPart, who),
                Protocol.TUS,
                creation.concat().role(),
                creation.length(),
                creation.metadata().verbatim(),
                creation.concat().verbatim(),
                creation.concat().parts());
    }

    private Mono<Transfer> withBody(
            ServerRequest request, Identity who, @Nullable Chunk body, Transfer begun) {
        return body == null ? Mono.just(begun) : append(request, who, begun.id(), body);
    }

    private Mono<Transfer> append(ServerRequest request, Identity who, UploadId id, Chunk chunk) {
        return appending.append(
                request,
                who,
                new Appending.Body(
                        id,
                        Protocol.TUS,
                        _ -> chunk,
                        channel -> Trailers.get(channel, Tus.CHECKSUM).map(TusFields::checksum),
                        null));
    }

    private static ServerResponse created(Transfer transfer) {
        JsonAnswer answer =
                JsonAnswer.empty(HttpStatus.CREATED)
                        .with(HttpHeaders.LOCATION, Tus.PATH + '/' + transfer.id());
        if (transfer.role() != Role.FINAL) {
            answer.with(Tus.OFFSET, Long.toString(transfer.offset()));
        }
        return expiring(answer, transfer);
    }

    Mono<ServerResponse> patch(ServerRequest request, Identity who) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        TusFields.requireBytes(headers, "Accept-Patch");
        OptionalLong length = TusFields.number(headers, Tus.LENGTH);
        Chunk chunk =
                TusCreation.chunk(
                        headers,
                        TusFields.offset(headers),
                        length.isPresent() ? length.getAsLong() : null);
        return append(request, who, Api.uploadId(request), chunk)
                .map(now ->
                        expiring(
                                JsonAnswer.empty(HttpStatus.NO_CONTENT)
                                        .with(Tus.OFFSET, Long.toString(now.offset())),
                                now));
    }

    Mono<ServerResponse> head(ServerRequest request, Identity who) {
        return Visit.look(transfers, Api.uploadId(request), who, Protocol.TUS, TusResource::state);
    }

    private static ServerResponse state(Transfer transfer) {
        JsonAnswer answer =
                JsonAnswer.empty(HttpStatus.OK).with(HttpHeaders.CACHE_CONTROL, "no-store");
        boolean isFinal = transfer.role() == Role.FINAL;
        if (!isFinal || !transfer.isReceiving()) {
            answer.with(Tus.OFFSET, Long.toString(transfer.offset()));
        }
        if (transfer.length() != null) {
            answer.with(Tus.LENGTH, Long.toString(transfer.length()));
        } else if (!isFinal) {
            answer.with(Tus.DEFER_LENGTH, "1");
        }
        if (transfer.metadata() != null) {
            answer.with(Tus.METADATA, transfer.metadata());
        }
        if (transfer.concat() != null) {
            answer.with(Tus.CONCAT, transfer.concat());
        }
        return expiring(answer, transfer);
    }

    private static ServerResponse expiring(JsonAnswer answer, Transfer transfer) {
        return transfer.isReceiving() && transfer.expires() != null
                ? answer.with(Tus.EXPIRES, Tus.date(transfer.expires()))
                : answer;
    }

    Mono<ServerResponse> delete(ServerRequest request, Identity who) {
        UploadId id = Api.uploadId(request);
        return Border.cross(() -> {
            if (!transfers.find(who, Protocol.TUS, id).isReceiving()) {
                Gate.requireAccount(who);
            }
            if (!transfers.terminate(who, id)) {
                throw Api.noUpload();
            }
            return JsonAnswer.empty(HttpStatus.NO_CONTENT);
        });
    }
}
