package io.sluice.edge.http.intake;

import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import io.sluice.edge.event.Events;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.upload.transfer.Append;
import io.sluice.edge.upload.transfer.Transfer;
import io.sluice.edge.upload.transfer.Turn;
import io.sluice.model.UploadId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Receives bodies into the spool. At most two writes' worth of a request is in memory, and of all
 * together about a quarter of what there is for buffers. What is not handed over as an {@link
 * Intake} is dropped: after a refusal, an error, or when the client goes.
 */
public final class Receiver {
    /** The rest is for what is being read, written and sent. */
    private static final int SHARE_OF_BUFFERS = 4;

    private final DiskExecutor disk;
    private final DiskSpool spool;
    private final InstantSource clock;
    private final EdgeMeters meters;
    private final IntakeLimits limits;
    private final Events events;
    private final WriteMemory memory;

    public Receiver(
            DiskExecutor disk,
            DiskSpool spool,
            InstantSource clock,
            EdgeMeters meters,
            IntakeLimits limits,
            Events events) {
        this.disk = disk;
        this.spool = spool;
        this.clock = clock;
        this.meters = meters;
        this.limits = limits;
        this.events = events;
        this.memory =
                new WriteMemory(
                        limits.writeSize(), PlatformDependent.maxDirectMemory() / SHARE_OF_BUFFERS);
    }

    /** Receives a body that is one file. */
    public Mono<Intake> raw(
            HttpServerRequest request, RawRequest raw, Allowance allowance, TypeGate gate) {
        return fetched((Connection) request, raw, allowance, gate);
    }

    /**
     * Receives a body into an upload that comes in several requests, until it ends or a newer
     * request wants the upload. What has come is on the disk, and the turn is over, when the result
     * is there, also when it is an error.
     */
    Mono<Transfer> chunk(Turn turn, Append append, Visit.Body brought) {
        EventLoop loop = ((Connection) brought.request()).channel().eventLoop();
        return Mono.create(sink -> {
            ChunkSubscriber body = new ChunkSubscriber(sink, this, loop, append, brought);
            sink.onCancel(() -> run(loop, body::abandon));
            turn.onGiveWay(() -> run(loop, body::giveWay));
            run(loop, () -> brought.request().receive().subscribe(body));
        });
    }

    /** Receives what a connection that the edge opened itself brings, as one file. */
    public Mono<Intake> fetched(
            Connection connection, RawRequest raw, Allowance allowance, TypeGate gate) {
        return receive(connection, landing -> new RawReader(landing, raw, allowance, gate));
    }

    /**
     * Receives a form's files and fields.
     *
     * @param gates of a file, by the profile that the form has named before it; none while the
     *     profile may still be named
     */
    public Mono<Intake> form(
            HttpServerRequest request,
            String boundary,
            Allowance allowance,
            Function<Optional<String>, Optional<TypeGate>> gates) {
        return receive(
                (Connection) request,
                landing -> new FormReader(landing, boundary, limits, allowance, gates));
    }

    private Mono<Intake> receive(Connection connection, Function<Landing, BodyReader> readers) {
        EventLoop loop = connection.channel().eventLoop();
        return Mono.<Intake>create(
                        sink -> {
                            BodySubscriber body = new BodySubscriber(sink, this, loop, readers);
                            sink.onCancel(() -> run(loop, body::abandon));
                            connection.inbound().receive().subscribe(body);
                        })
                .doOnDiscard(Intake.class, intake -> Border.leave(intake::discard));
    }

    private static void run(EventLoop loop, Runnable work) {
        if (loop.inEventLoop()) {
            work.run();
        } else {
            loop.execute(work);
        }
    }

    DiskLane lane(EventLoop loop, DiskLane.Owner owner) {
        return new DiskLane(disk, loop, memory, owner);
    }

    Landing landing(DiskLane lane) {
        return new Landing(spool, clock, lane);
    }

    /** Tells who watches how much of an upload is on the disk; for any thread. */
    void progress(UploadId upload, long received) {
        events.progress(upload, received);
    }

    void count(int bytes) {
        meters.received(bytes);
    }
}
