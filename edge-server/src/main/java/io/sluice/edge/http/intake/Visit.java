package io.sluice.edge.http.intake;

import io.sluice.edge.http.loop.Border;
import io.sluice.edge.upload.Admission;
import io.sluice.edge.upload.Uploads;
import io.sluice.edge.upload.transfer.Append;
import io.sluice.edge.upload.transfer.Checksum;
import io.sluice.edge.upload.transfer.Chunk;
import io.sluice.edge.upload.transfer.Ending;
import io.sluice.edge.upload.transfer.Protocol;
import io.sluice.edge.upload.transfer.Transfer;
import io.sluice.edge.upload.transfer.Transfers;
import io.sluice.edge.upload.transfer.Turn;
import io.sluice.model.UploadId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * One request at one upload, from its turn to its end. Whenever the client goes away, nothing of it
 * is left: neither the turn, nor a begun append, nor the place among the uploads under way.
 *
 * <p>Concurrency: guarded by itself, as a client goes away on an event loop while the far side
 * begins.
 */
public final class Visit {
    private final Transfers transfers;
    private final Uploads uploads;
    private final Turn turn;
    private boolean isAtWork;
    private boolean isHandedOver;
    private boolean isOver;
    private @Nullable Append begun;
    private @Nullable Admission place;

    private Visit(Transfers transfers, Uploads uploads, UploadId id) {
        this.transfers = transfers;
        this.uploads = uploads;
        this.turn = transfers.turn(id);
    }

    /** Takes the turn, and tells the true state; for as long as the answer takes to make. */
    public static <T> Mono<T> look(
            Transfers transfers,
            Uploads uploads,
            UploadId id,
            String tenant,
            Protocol protocol,
            Function<Transfer, T> answer) {
        return Mono.defer(() -> {
            Visit visit = new Visit(transfers, uploads, id);
            return Border.cross(() -> visit.take(tenant, protocol))
                    .map(answer)
                    .doFinally(_ -> visit.end());
        });
    }

    /** Takes the turn, and appends the body of the request. */
    public static Mono<Transfer> append(
            Transfers transfers,
            Uploads uploads,
            UploadId id,
            String tenant,
            Protocol protocol,
            Body body) {
        return Mono.defer(() -> {
            Visit visit = new Visit(transfers, uploads, id);
            return Border.cross(() -> visit.begin(tenant, protocol, body.chunk()))
                    .flatMap(append -> visit.receive(append, body))
                    .doFinally(_ -> visit.end());
        });
    }

    /**
     * What a request brings.
     *
     * @param behind reads the checksum behind it, once it has come
     */
    public record Body(
            Receiver receiver,
            HttpServerRequest request,
            Chunk chunk,
            Supplier<Optional<Checksum>> behind) {}

    private Transfer take(String tenant, Protocol protocol) {
        return atWork(() -> transfers.take(turn, tenant, protocol));
    }

    private Append begin(String tenant, Protocol protocol, Chunk chunk) {
        return atWork(() -> {
            Transfer known = transfers.take(turn, tenant, protocol);
            // After the turn: the older request has given its own place back by then.
            place = uploads.admit();
            begun = transfers.append(turn, known, chunk);
            return begun;
        });
    }

    /** A client that goes away meanwhile ends the visit behind the work, not under it. */
    private <T> T atWork(Supplier<T> work) {
        synchronized (this) {
            isAtWork = true;
        }
        try {
            return work.get();
        } finally {
            synchronized (this) {
                isAtWork = false;
                if (isOver) {
                    leave();
                }
            }
        }
    }

    private synchronized Mono<Transfer> receive(Append append, Body body) {
        if (isOver) {
            return Mono.empty();
        }
        isHandedOver = true;
        return body.receiver().chunk(body.request(), turn, append, body.behind());
    }

    private synchronized void end() {
        if (!isOver) {
            isOver = true;
            if (!isAtWork) {
                leave();
            }
        }
    }

    private void leave() {
        if (place != null) {
            place.close();
        }
        if (isHandedOver) {
            // The body's reader ends the append, and the turn with it.
            return;
        }
        Append left = begun;
        if (left == null) {
            turn.release();
        } else {
            Border.leave(() -> left.end(new Ending.Cut()));
        }
    }
}
