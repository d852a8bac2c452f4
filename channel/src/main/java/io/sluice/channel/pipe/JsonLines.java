package io.sluice.channel.pipe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageCodec;
import io.netty.util.concurrent.Future;
import io.sluice.channel.frame.Attempt;
import io.sluice.channel.frame.ConnectionMeter;
import io.sluice.channel.frame.Connections;
import io.sluice.channel.frame.Frames;
import io.sluice.channel.frame.ProtocolViolation;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Cancel;
import io.sluice.model.wire.Frame;
import io.sluice.model.wire.JobMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks JSON lines with a child that knows nothing of frames, and answers the rest of the protocol
 * in its place: Hello, credit, acceptance, pings. Owned by the event loop; what it remembers is
 * bounded by the credit.
 */
final class JsonLines extends ByteToMessageCodec<Frame> {
    private static final Logger log = LoggerFactory.getLogger(JsonLines.class);

    private final String name;
    private final int slots;
    private final Duration grace;
    private final InstantSource clock;
    private final ConnectionMeter meter;
    private final Set<Attempt> atWork = new HashSet<>();
    private final Map<Attempt, Future<?>> cancelled = new HashMap<>();

    /**
     * For one child.
     *
     * @param name that it would say Hello with
     * @param slots jobs that it has at once
     * @param grace for the answer to a job that was cancelled
     */
    JsonLines(String name, int slots, Duration grace, InstantSource clock, ConnectionMeter meter) {
        super(Frame.class);
        this.name = name;
        this.slots = slots;
        this.grace = grace;
        this.clock = clock;
        this.meter = meter;
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, Frame frame, ByteBuf out) {
        switch (frame.getKindCase()) {
            case HELLO -> answer(ctx, Frames.hello(name), Frames.credit(slots));
            case PING -> answer(ctx, Frames.pong(frame.getPing().getNonce()));
            case JOB -> {
                JobMessage job = frame.getJob();
                atWork.add(new Attempt(job.getId(), job.getAttempt()));
                byte[] line = JobLine.of(job);
                out.writeBytes(line);
                meter.written(frame, line.length);
            }
            case CANCEL -> cancel(ctx, frame.getCancel());
            case PONG, GO_AWAY -> log.trace("{} is not told: {}", name, frame.getKindCase());
            case CREDIT, ACCEPTED, PROGRESS, RESULT, KIND_NOT_SET ->
                    throw new IllegalStateException(frame.getKindCase() + " from an edge");
        }
    }

    /** Later: a handler that writes doesn't expect to read meanwhile. */
    private static void answer(ChannelHandlerContext ctx, Frame... frames) {
        ctx.executor()
                .execute(() -> {
                    for (Frame frame : frames) {
                        ctx.fireChannelRead(frame);
                    }
                    // What is written in a read is flushed at its end.
                    ctx.fireChannelReadComplete();
                });
    }

    /** It can't be told, so it may finish; but not keep its slot for ever. */
    private void cancel(ChannelHandlerContext ctx, Cancel cancel) {
        Attempt attempt = new Attempt(cancel.getJob(), cancel.getAttempt());
        if (atWork.contains(attempt) && !cancelled.containsKey(attempt)) {
            cancelled.put(
                    attempt,
                    ctx.executor()
                            .schedule(
                                    () -> giveUp(ctx, attempt),
                                    grace.toNanos(),
                                    TimeUnit.NANOSECONDS));
        }
    }

    private void giveUp(ChannelHandlerContext ctx, Attempt attempt) {
        log.atWarn()
                .addKeyValue("processor", name)
                .addKeyValue("job", attempt)
                .log("no answer to a cancelled job for {}: it is ended", grace);
        Connections.close(ctx.channel());
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int length = in.bytesBefore((byte) '\n');
        if (length > Frames.MAX_BYTES || (length < 0 && in.readableBytes() > Frames.MAX_BYTES)) {
            in.skipBytes(in.readableBytes());
            throw new ProtocolViolation("a line of more than %d bytes".formatted(Frames.MAX_BYTES));
        }
        if (length < 0) {
            return;
        }
        byte[] line = ByteBufUtil.getBytes(in, in.readerIndex(), length);
        in.skipBytes(length + 1);
        try {
            take(AnswerLine.parse(line, clock.instant()), line.length + 1, out);
        } catch (IllegalArgumentException e) {
            in.skipBytes(in.readableBytes());
            throw new ProtocolViolation("a malformed line: " + e.getMessage(), e);
        }
    }

    private void take(AnswerLine answer, int bytes, List<Object> out) {
        Attempt attempt = answer.attempt();
        if (!atWork.contains(attempt)) {
            throw new IllegalArgumentException("an answer to no job");
        }
        out.add(Frames.accepted(attempt));
        switch (answer) {
            case AnswerLine.Step(_, String step) ->
                    tell(Frames.progress(attempt, step), bytes, out);
            case AnswerLine.Outcome(_, JobOutcome outcome) -> {
                atWork.remove(attempt);
                Future<?> timer = cancelled.remove(attempt);
                if (timer != null) {
                    timer.cancel(false);
                }
                tell(Frames.result(attempt, Wire.encode(outcome)), bytes, out);
                out.add(Frames.credit(1));
            }
        }
    }

    private void tell(Frame frame, int bytes, List<Object> out) {
        meter.read(frame, bytes);
        out.add(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        cancelled.values().forEach(timer -> timer.cancel(false));
        super.channelInactive(ctx);
    }
}
