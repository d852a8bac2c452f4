package io.sluice.edge.http;

import io.netty.channel.Channel;
import io.sluice.edge.http.connection.Trailers;
import io.sluice.edge.http.intake.Receiver;
import io.sluice.edge.http.intake.Visit;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.http.meter.EdgeMeters.Outcome;
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
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** tus 1.0.0: {@code POST /tus}, and {@code HEAD, PATCH, DELETE /tus/{id}}. */
final class TusResource {
    private final Transfers transfers;
    private final Gate gate;
    private final UploadPolicy policy;
    private final Entrance entrance;
    private final Receiver receiver;
    private final EdgeMeters meters;

    TusResource(
            Gate gate,
            UploadPolicy policy,
            Entrance entrance,
            Transfers transfers,
            Receiver receiver,
            EdgeMeters meters) {
        this.gate = gate;
        this.policy = policy;
        this.entrance = entrance;
        this.transfers = transfers;
        this.receiver = receiver;
        this.meters = meters;
    }

    Mono<ServerResponse> create(ServerRequest request, Identity who) {
        TusCreation creation = TusCreation.of(request.headers().asHttpHeaders());
        NewTransfer wanted = wanted(creation, who);
        entrance.enter(gate.site(request), who).run();
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
        HttpServerRequest socket =
                ServerHttpRequestDecorator.getNativeRequest(request.exchange().getRequest());
        Channel channel = ((Connection) socket).channel();
        String site = gate.site(request);
        Visit.Body body =
                new Visit.Body(
                        receiver,
                        socket,
                        who.grant() == null ? chunk : chunk.atMost(who.grant().maxSize()),
                        () -> entrance.enter(site, who),
                        () -> {
                            gate.requireStillGood(who);
                            return Trailers.get(channel, Tus.CHECKSUM).map(TusFields::checksum);
                        });
        meters.uploadBegan();
        return Visit.append(transfers, id, who, Protocol.TUS, body)
                .doOnNext(this::countIfWhole)
                .doFinally(this::ended);
    }

    private void countIfWhole(Transfer now) {
        if (!now.isReceiving()) {
            meters.upload(Outcome.ACCEPTED);
        }
    }

    private void ended(SignalType signal) {
        meters.uploadEnded();
        if (signal == SignalType.CANCEL) {
            meters.upload(Outcome.ABORTED);
        } else if (signal == SignalType.ON_ERROR) {
            meters.upload(Outcome.REFUSED);
        }
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
