package io.sluice.edge.http;

import io.netty.channel.Channel;
import io.sluice.edge.http.intake.Receiver;
import io.sluice.edge.http.intake.Visit;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.http.meter.EdgeMeters.Outcome;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.transfer.Checksum;
import io.sluice.edge.upload.transfer.Chunk;
import io.sluice.edge.upload.transfer.Protocol;
import io.sluice.edge.upload.transfer.Transfer;
import io.sluice.edge.upload.transfer.Transfers;
import io.sluice.model.UploadId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** Takes the bodies of requests that go on with uploads, by whatever protocol. */
final class Appending {
    private final Gate gate;
    private final Entrance entrance;
    private final Transfers transfers;
    private final Receiver receiver;
    private final EdgeMeters meters;

    Appending(
            Gate gate,
            Entrance entrance,
            Transfers transfers,
            Receiver receiver,
            EdgeMeters meters) {
        this.gate = gate;
        this.entrance = entrance;
        this.transfers = transfers;
        this.receiver = receiver;
        this.meters = meters;
    }

    /**
     * What a request brings to which upload.
     *
     * @param chunk what it brings, when the upload's true state is known
     * @param behind finds the checksum behind the body, once it has come
     * @param acknowledged is told how many bytes are safe meanwhile; null if nobody asks
     */
    record Body(
            UploadId upload,
            Protocol protocol,
            Function<Transfer, Chunk> chunk,
            Function<Channel, Optional<Checksum>> behind,
            @Nullable LongConsumer acknowledged) {}

    /** Refuses a request that begins an upload while there is no room for its bytes. */
    void requireRoom(ServerRequest request, Identity who) {
        entrance.enter(gate.site(request), who).run();
    }

    /** Appends the request's body; the upload as it is then. */
    Mono<Transfer> append(ServerRequest request, Identity who, Body body) {
        HttpServerRequest socket = Sockets.of(request);
        Channel channel = ((Connection) socket).channel();
        String site = gate.site(request);
        Visit.Body brought =
                new Visit.Body(
                        receiver,
                        socket,
                        upload -> bounded(body.chunk().apply(upload), who),
                        () -> entrance.enter(site, who),
                        () -> {
                            gate.requireStillGood(who);
                            return body.behind().apply(channel);
                        },
                        body.acknowledged());
        meters.uploadBegan();
        return Visit.append(transfers, body.upload(), who, body.protocol(), brought)
                .doOnNext(this::countIfWhole)
                .doFinally(this::ended);
    }

    private static Chunk bounded(Chunk chunk, Identity who) {
        return who.grant() == null ? chunk : chunk.atMost(who.grant().maxSize());
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
}
