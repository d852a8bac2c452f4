package io.sluice.edge.http.intake;

import io.netty.channel.EventLoop;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.upload.transfer.Append;
import io.sluice.edge.upload.transfer.Checksum;
import io.sluice.edge.upload.transfer.Transfer;
import io.sluice.edge.upload.transfer.Turn;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Receives bodies into the spool. At most two writes' worth of a request is in memory. What is not
 * handed over as an {@link Intake} is dropped: after a refusal, an error, or when the client goes.
 */
public final class Receiver {
    private final DiskExecutor disk;
    private final DiskSpool spool;
    private final InstantSource clock;
    private final EdgeMeters meters;
    private final IntakeLimits limits;

    public Receiver(
            DiskExecutor disk,
            DiskSpool spool,
            InstantSource clock,
            EdgeMeters meters,
            IntakeLimits limits) {
        this.disk = disk;
        this.spool = spool;
        this.clock = clock;
        this.meters = meters;
        this.limits = limits;
    }

    /** Receives a body that is one file. */
    public Mono<Intake> raw(HttpServerRequest request, RawRequest raw, Allowance allowance) {
        return receive(request, landing -> new RawReader(landing, raw, allowance));
    }

    /** Receives a form's files and fields. */
    public Mono<Intake> form(HttpServerRequest request, String boundary, Allowance allowance) {
        return receive(request, landing -> new FormReader(landing, boundary, limits, allowance));
    }

    /**
     * Receives a body into an upload that comes in several requests, until it ends or a newer
     * request wants the upload. What has come is on the disk, and the turn is over, when the result
     * is there, also when it is an error.
     *
     * @param behind reads the checksum behind the body, once it has come
     */
    public Mono<Transfer> chunk(
            HttpServerRequest request,
            Turn turn,
            Append append,
            Supplier<Optional<Checksum>> behind) {
        EventLoop loop = ((Connection) request).channel().eventLoop();
        return Mono.create(sink -> {
            ChunkSubscriber body = new ChunkSubscriber(sink, this, loop, append, behind);
            sink.onCancel(() -> run(loop, body::abandon));
            turn.onGiveWay(() -> run(loop, body::giveWay));
            run(loop, () -> request.receive().subscribe(body));
        });
    }

    private Mono<Intake> receive(HttpServerRequest request, Function<Landing, BodyReader> readers) {
        EventLoop loop = ((Connection) request).channel().eventLoop();
        return Mono.<Intake>create(
                        sink -> {
                            BodySubscriber body = new BodySubscriber(sink, this, loop, readers);
                            sink.onCancel(() -> run(loop, body::abandon));
                            request.receive().subscribe(body);
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
        return new DiskLane(disk, loop, limits.writeSize(), owner);
    }

    Landing landing(DiskLane lane) {
        return new Landing(spool, clock, lane);
    }

    void count(int bytes) {
        meters.received(bytes);
    }
}
