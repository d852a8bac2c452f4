package io.sluice.channel.frame;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.sluice.channel.Capability;
import io.sluice.channel.ReceivedJob;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Cancel;
import io.sluice.model.wire.Frame;
import io.sluice.model.wire.JobMessage;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processor's side of one connection to an edge. Answers come from any thread; everything else
 * runs on the channel's event loop, which owns {@link #inHand}. Its size is bounded by the slots.
 */
final class ProcessorConnection extends SimpleChannelInboundHandler<Frame>
        implements JobInHand.Answers {
    private static final Logger log = LoggerFactory.getLogger(ProcessorConnection.class);

    /** How long a grant may wait for company. */
    private static final long GRANT_MS = 1;

    private final Channel channel;
    private final ChannelLoop loop;
    private final Slots slots;
    private final Consumer<ReceivedJob> handler;
    private final InstantSource clock;
    private final ConnectionMeter meter;
    private final Map<Attempt, JobInHand> inHand = new HashMap<>();
    private final Deadlines deadlines;
    private final Passing passing = new Passing();
    private int granted;
    private int unsent; // of those granted
    private boolean isSending;
    private boolean isWaiting;
    private String edge = "?";

    ProcessorConnection(
            Channel channel,
            ChannelLoop loop,
            Slots slots,
            Consumer<ReceivedJob> handler,
            InstantSource clock,
            ConnectionMeter meter) {
        this.channel = channel;
        this.loop = loop;
        this.slots = slots;
        this.handler = handler;
        this.clock = clock;
        this.meter = meter;
        deadlines = new Deadlines(channel.eventLoop(), this::expire);
    }

    /** Whether the edge reads what is sent to it: no credit is offered to one that doesn't. */
    boolean isReading() {
        return channel.isWritable();
    }

    /** How many slots the edge has, used or not. */
    int slots() {
        return granted + inHand.size();
    }

    /**
     * Gives it one more slot. An edge that has none left hears of it in this turn of the event
     * loop; another with the next answer, or a moment later: a frame of its own costs two system
     * calls and a wake-up.
     */
    void grant() {
        boolean isUrgent = granted == unsent;
        granted++;
        unsent++;
        if (isUrgent && !isSending) {
            isSending = true;
            loop.run(this::sendGrant);
        } else if (!isSending && !isWaiting) {
            isWaiting = true;
            var _ = channel.eventLoop().schedule(this::sendLate, GRANT_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void sendLate() {
        isWaiting = false;
        sendGrant();
    }

    private void sendGrant() {
        isSending = false;
        if (unsent > 0 && channel.isActive()) {
            Connections.send(channel, Frames.credit(unsent));
            unsent = 0;
        }
    }

    /** From here on no job is accepted; on the event loop. */
    void goAway() {
        Connections.send(channel, Frames.goAway("the processor stops"));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Handshake.PeerReady(String identity, Set<Capability> _, boolean _)) {
            edge = identity;
            meter.join(identity, () -> 0);
            log.atInfo().addKeyValue("edge", edge).log("edge connected");
            if (slots.isDraining()) {
                goAway();
            } else {
                slots.join(this);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof Frame) {
            super.channelRead(ctx, message);
        } else {
            passing.came(message);
            if (!ctx.channel().isActive()) {
                passing.drop();
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Frame frame) {
        passing.expect(frame.getJob().getPassed());
        switch (frame.getKindCase()) {
            case JOB -> take(frame.getJob());
            case CANCEL -> cancel(frame.getCancel());
            case GO_AWAY -> log.atInfo().addKeyValue("edge", edge).log("edge going away");
            case HELLO, PING, PONG, CREDIT, ACCEPTED, PROGRESS, RESULT, KIND_NOT_SET ->
                    throw new ProtocolViolation(frame.getKindCase() + ", which is no edge's");
        }
    }

    private void take(JobMessage message) {
        if (slots.isDraining()) {
            // The edge gives it to another processor when it reads the GoAway.
            passing.drop();
            return;
        }
        if (granted == unsent) {
            throw new ProtocolViolation("a JOB without credit");
        }
        JobInHand job = new JobInHand(decode(message), this);
        if (inHand.putIfAbsent(job.attempt(), job) != null) {
            throw new ProtocolViolation("the JOB " + job.attempt() + " twice");
        }
        job.original(passing.take());
        granted--;
        slots.busy();
        Connections.send(channel, Frames.accepted(job.attempt()));
        long left = job.job().deadline().toEpochMilli() - clock.millis();
        job.due(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(left));
        deadlines.watch();
        if (passing.wasLost()) {
            job.complete(new JobOutcome.Deferred("no descriptor was left for its original"));
        } else {
            handOver(job);
        }
    }

    private boolean expire(long now) {
        inHand.values().stream()
                .filter(job -> job.isDue(now))
                .toList()
                .forEach(job -> job.cancel("its deadline passed"));
        return !inHand.isEmpty();
    }

    private static Job decode(JobMessage message) {
        try {
            return Wire.decode(message);
        } catch (IllegalArgumentException e) {
            throw new ProtocolViolation("a malformed JOB", e);
        }
    }

    /** Whatever is wrong behind the channel is this job's problem, not the connection's. */
    private void handOver(JobInHand job) {
        try {
            handler.accept(job);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("job", job.attempt()).setCause(e).log("job not taken");
            if (!job.isAnswered()) {
                job.complete(new JobOutcome.Failed("the processor could not take the job", true));
            }
        }
    }

    private void cancel(Cancel cancel) {
        JobInHand job = inHand.get(new Attempt(cancel.getJob(), cancel.getAttempt()));
        if (job != null) {
            job.cancel("the edge doesn't want it any more");
        }
    }

    @Override
    public void progress(JobInHand job, String step) {
        onLoop(() -> {
            if (channel.isWritable() && job.equals(inHand.get(job.attempt()))) {
                Connections.send(channel, Frames.progress(job.attempt(), step));
            }
        });
    }

    @Override
    public void answer(JobInHand job, JobOutcome outcome) {
        Frame frame = Frames.answer(job.attempt(), outcome);
        onLoop(() -> {
            inHand.remove(job.attempt());
            sendGrant();
            channel.writeAndFlush(frame).addListener((ChannelFutureListener) _ -> slots.release());
        });
    }

    private void onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            loop.run(task);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        slots.deal();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        log.atInfo()
                .addKeyValue("edge", edge)
                .addKeyValue("jobs", inHand.size())
                .log("edge disconnected");
        for (JobInHand job : List.copyOf(inHand.values())) {
            job.cancel("the connection to its edge broke");
        }
        inHand.clear();
        passing.drop();
        slots.leave(this, granted);
        meter.leave();
        ctx.fireChannelInactive();
    }
}
