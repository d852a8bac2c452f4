package io.sluice.edge.http.intake;

import io.sluice.edge.http.loop.Border;
import io.sluice.edge.identity.Identity;
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
import java.util.function.LongConsumer;
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
    private final Turn turn;
    private boolean isAtWork;
    private boolean isHandedOver;
    private boolean isOver;
    private @Nullable Append begun;
    private @Nullable Runnable place;

    private Visit(Transfers transfers, UploadId id) {
        this.transfers = transfers;
        this.turn = transfers.turn(id);
    }

    /** Takes the turn, and tells the true state; for as long as the answer takes to make. */
    public static <T> Mono<T> look(
            Transfers transfers,
            UploadId id,
            Identity who,
            Protocol protocol,
            Function<Transfer, T> answer) {
        return Mono.defer(() -> {
            Visit visit = new Visit(transfers, id);
            return Border.cross(() -> visit.take(who, protocol))
                    .map(answer)
                    .doFinally(_ -> visit.end());
        });
    }

    /** Takes the turn, and appends the body of the request. */
    public static Mono<Transfer> append(
            Transfers transfers, UploadId id, Identity who, Protocol protocol, Body body) {
        return Mono.defer(() -> {
            Visit visit = new Visit(transfers, id);
            return Border.cross(() -> visit.begin(who, protocol, body))
                    .flatMap(append -> visit.receive(append, body))
                    .doFinally(_ -> visit.end());
        });
    }

    /**
     * What a request brings.
     *
     * @param chunk says what that is, when the upload's true state is known
     * @param entrance takes a place for it, and tells how to give it back
     * @param behind reads the checksum behind it, once it has come
     * @param acknowledged is told on the event loop, about once a second, how many bytes survive a
     *     power cut; null if nobody wants to know
     */
    public record Body(
            Receiver receiver,
            HttpServerRequest request,
            Function<Transfer, Chunk> chunk,
            Supplier<Runnable> entrance,
            Supplier<Optional<Checksum>> behind,
            @Nullable LongConsumer acknowledged) {}

    private Transfer take(Identity who, Protocol protocol) {
        return atWork(() -> transfers.take(turn, who, protocol));
    }

    private Append begin(Identity who, Protocol protocol, Body body) {
        return atWork(() -> {
            Transfer known = transfers.take(turn, who, protocol);
            // After the turn: the older request has given its own place back by then.
            place = body.entrance().get();
            begun = transfers.append(turn, known, body.chunk().apply(known));
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
        return body.receiver().chunk(turn, append, body);
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
            place.run();
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
