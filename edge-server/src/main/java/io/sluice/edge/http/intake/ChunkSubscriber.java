package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.upload.transfer.Append;
import io.sluice.edge.upload.transfer.Checksum;
import io.sluice.edge.upload.transfer.Ending;
import io.sluice.edge.upload.transfer.Transfer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.MonoSink;

/**
 * Takes a body from reactor-netty and appends it to its upload. Unlike a {@link BodySubscriber}'s,
 * its bytes are kept however the request ends: it stops reading, writes what it has, and only then
 * ends the append and with it the turn.
 *
 * <p>Everything happens on the connection's event loop, but the append's end, which waits. There is
 * one ending, whichever comes first.
 */
final class ChunkSubscriber extends BaseSubscriber<ByteBuf> implements DiskLane.Owner {
    private final MonoSink<Transfer> sink;
    private final Receiver receiver;
    private final EventLoop loop;
    private final Append append;
    private final Supplier<Optional<Checksum>> behind;
    private final DiskLane lane;
    private final IncomingChunk chunk;
    private final Acknowledgements acknowledgements;
    private long received;
    private boolean isAsked;
    private @Nullable Ending ending;
    private @Nullable Throwable cause;
    private boolean isSettling;
    private boolean isAbandoned;

    ChunkSubscriber(
            MonoSink<Transfer> sink,
            Receiver receiver,
            EventLoop loop,
            Append append,
            Visit.Body body) {
        this.sink = sink;
        this.receiver = receiver;
        this.loop = loop;
        this.append = append;
        this.behind = body.behind();
        this.lane = receiver.lane(loop, this);
        this.chunk = new IncomingChunk(append);
        this.acknowledgements =
                new Acknowledgements(loop, append, this::writeOut, body.acknowledged());
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        acknowledgements.begin();
        ask();
    }

    private void ask() {
        if (!isAsked && ending == null && lane.hasRoom()) {
            isAsked = true;
            request(1);
        }
    }

    @Override
    protected void hookOnNext(ByteBuf bytes) {
        isAsked = false;
        if (ending != null) {
            return;
        }
        receiver.count(bytes.readableBytes());
        received += bytes.readableBytes();
        acknowledgements.received(append.offset() + received);
        if (received > append.limit()) {
            stop(new Ending.Excess(), append.excess());
        } else {
            lane.append(chunk, bytes.retain());
            ask();
        }
    }

    private void writeOut() {
        if (lane.hasRoom()) {
            lane.touch(chunk);
        }
    }

    @Override
    protected void hookOnComplete() {
        try {
            end(new Ending.Whole(behind.get().orElse(null)), null);
        } catch (RuntimeException e) {
            end(new Ending.Refused(), e);
        }
    }

    @Override
    protected void hookOnError(Throwable error) {
        end(new Ending.Cut(), error);
    }

    /** A newer request wants the upload. */
    void giveWay() {
        stop(
                new Ending.Cut(),
                Problem.TAKEN_OVER.because("a newer request has taken the upload over"));
    }

    /** The client went away: nobody is to be told anything. */
    void abandon() {
        isAbandoned = true;
        stop(new Ending.Cut(), null);
    }

    private void stop(Ending how, @Nullable Throwable why) {
        if (ending == null) {
            cancel();
            end(how, why);
        }
    }

    private void end(Ending how, @Nullable Throwable why) {
        if (ending == null) {
            ending = how;
            cause = why;
            acknowledgements.end();
            lane.flush();
            settleIfWritten(how);
        }
    }

    @Override
    public void written() {
        receiver.progress(append.upload(), append.offset() + received);
        if (ending == null) {
            ask();
        } else {
            settleIfWritten(ending);
        }
    }

    @Override
    public void failed(Throwable failure) {
        cancel();
        acknowledgements.end();
        Ending how = ending == null || ending instanceof Ending.Whole ? new Ending.Cut() : ending;
        ending = how;
        cause = cause == null ? failure : cause;
        lane.abort(() -> settle(how));
    }

    private void settleIfWritten(Ending how) {
        if (lane.isEmpty()) {
            settle(how);
        }
    }

    private void settle(Ending how) {
        if (isSettling) {
            return;
        }
        isSettling = true;
        Border.leave(() -> {
            try {
                Transfer now = append.end(how);
                loop.execute(() -> tell(now, cause));
            } catch (RuntimeException e) {
                loop.execute(() -> tell(null, cause == null ? e : cause));
            }
        });
    }

    private void tell(@Nullable Transfer now, @Nullable Throwable why) {
        if (isAbandoned) {
            return;
        }
        if (why == null) {
            sink.success(now);
        } else {
            sink.error(why);
        }
    }
}
