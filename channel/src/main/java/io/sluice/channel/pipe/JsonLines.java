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
import java.util.List;
import java.util.Map;
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
    private final Map<Attempt, JobMessage.Kind> atWork = new HashMap<>();
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
                atWork.put(new Attempt(job.getId(), job.getAttempt()), job.getKind());
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
                });
    }

    /** It can't be told, so it may finish; but not keep its slot for ever. */
    private void cancel(ChannelHandlerContext ctx, Cancel cancel) {
        Attempt attempt = new Attempt(cancel.getJob(), cancel.getAttempt());
        if (atWork.containsKey(attempt) && !cancelled.containsKey(attempt)) {
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
            take(AnswerLine.parse(line, clock.instant()), out);
            meter.read((Frame) out.get(1), length + 1);
        } catch (IllegalArgumentException e) {
            in.skipBytes(in.readableBytes());
            throw new ProtocolViolation("a malformed line: " + e.getMessage(), e);
        }
    }

    private void take(AnswerLine answer, List<Object> out) {
        Attempt attempt = answer.attempt();
        JobMessage.Kind kind = atWork.get(attempt);
        if (kind == null) {
            throw new IllegalArgumentException("an answer to no job");
        }
        out.add(Frames.accepted(attempt));
        switch (answer) {
            case AnswerLine.Step(_, String step) -> out.add(Frames.progress(attempt, step));
            case AnswerLine.Outcome(_, JobOutcome outcome) -> {
                checkScanned(kind, outcome);
                atWork.remove(attempt);
                Future<?> timer = cancelled.remove(attempt);
                if (timer != null) {
                    timer.cancel(false);
                }
                out.add(Frames.result(attempt, Wire.encode(outcome)));
                out.add(Frames.credit(1));
            }
        }
    }

    /** What nobody has scanned must not pass for clean. */
    private static void checkScanned(JobMessage.Kind kind, JobOutcome outcome) {
        if (kind == JobMessage.Kind.PROCESS
                && outcome instanceof JobOutcome.Rendered rendered
                && rendered.scan() == null) {
            throw new IllegalArgumentException("rendered, but no engine has scanned it");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        cancelled.values().forEach(timer -> timer.cancel(false));
        super.channelInactive(ctx);
    }
}
