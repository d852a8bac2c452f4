package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.function.Function;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.MonoSink;

/**
 * Takes a body from reactor-netty and sees it to the disk. Bytes are asked for one read at a time
 * and only while the lane has room: when the disk is slow, TCP makes the client wait.
 *
 * <p>Everything happens on the connection's event loop. There is one end, whichever comes first:
 * all is written, something failed, or the client went away.
 */
final class BodySubscriber extends BaseSubscriber<ByteBuf> implements DiskLane.Owner {
    private final MonoSink<Intake> sink;
    private final Receiver receiver;
    private final DiskLane lane;
    private final Landing landing;
    private final BodyReader reader;
    private boolean isAsked;
    private boolean isBodyComplete;
    private boolean isEnded;

    BodySubscriber(
            MonoSink<Intake> sink,
            Receiver receiver,
            EventLoop loop,
            Function<Landing, BodyReader> readers) {
        this.sink = sink;
        this.receiver = receiver;
        this.lane = receiver.lane(loop, this);
        this.landing = receiver.landing(lane);
        this.reader = readers.apply(landing);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        ask();
    }

    private void ask() {
        if (!isAsked && !isBodyComplete && lane.hasRoom()) {
            isAsked = true;
            request(1);
        }
    }

    @Override
    protected void hookOnNext(ByteBuf bytes) {
        isAsked = false;
        if (isEnded) {
            return;
        }
        receiver.count(bytes.readableBytes());
        try {
            reader.read(bytes);
            ask();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    protected void hookOnComplete() {
        if (isEnded) {
            return;
        }
        isBodyComplete = true;
        try {
            reader.end();
            finishIfWritten();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    protected void hookOnError(Throwable cause) {
        failed(cause);
    }

    @Override
    public void written() {
        if (!isEnded) {
            ask();
            finishIfWritten();
        }
    }

    private void finishIfWritten() {
        if (isBodyComplete && lane.isEmpty()) {
            isEnded = true;
            sink.success(reader.intake());
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (!isEnded) {
            abandon();
            sink.error(cause);
        }
    }

    /** The client went away, or nobody wants the answer any more. */
    void abandon() {
        if (!isEnded) {
            isEnded = true;
            cancel();
            landing.abort();
        }
    }
}
