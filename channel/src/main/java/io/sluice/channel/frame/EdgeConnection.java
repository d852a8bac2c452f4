package io.sluice.channel.frame;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.sluice.channel.Capability;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import io.sluice.model.wire.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge's side of one connection to a processor. Any thread may reserve credit and send;
 * everything else runs on the channel's event loop, which owns {@link #outstanding}. Its size is
 * bounded by the credit.
 */
final class EdgeConnection extends SimpleChannelInboundHandler<Frame> {
    private static final Logger log = LoggerFactory.getLogger(EdgeConnection.class);

    private final String address;
    private final Channel channel;
    private final Listener listener;
    private final ConnectionMeter meter;
    private final Map<Attempt, DispatchedJob> outstanding = new HashMap<>();
    private final Deadlines deadlines;
    private final AtomicInteger credit = new AtomicInteger();
    private volatile State state = State.NEW;
    private volatile boolean writable = true;
    private String processor = "?";
    private volatile Set<Capability> capabilities = Set.of();
    private volatile boolean takesDescriptors;

    private enum State {
        NEW,
        READY,
        DRAINING,
        CLOSED
    }

    /** Hears what becomes of a connection, on the event loop. */
    interface Listener {
        /** It may be used from now on. */
        void ready(EdgeConnection connection);

        /** It takes no more jobs; its address may be somebody else's from now on. */
        void goingAway(EdgeConnection connection);

        /** It has, or may have, more credit than before. */
        void creditGrew();
    }

    EdgeConnection(String address, Channel channel, Listener listener, ConnectionMeter meter) {
        this.address = address;
        this.channel = channel;
        this.listener = listener;
        this.meter = meter;
        deadlines = new Deadlines(channel.eventLoop(), this::expire);
    }

    /** Where its processor is. */
    String address() {
        return address;
    }

    /** What counts for it. */
    ConnectionMeter meter() {
        return meter;
    }

    /** How many more jobs it takes now: none while what was written is stuck on the way. */
    int credit() {
        return state == State.READY && writable ? credit.get() : 0;
    }

    /** Whether its processor can do all of that. */
    boolean can(Set<Capability> needed) {
        return capabilities.containsAll(needed);
    }

    /** Whether originals may go to its processor as descriptors. */
    boolean takesDescriptors() {
        return takesDescriptors;
    }

    /** Takes one credit, which a {@link #send} must use. */
    boolean reserve() {
        return credit() > 0 && credit.getAndUpdate(left -> left > 0 ? left - 1 : 0) > 0;
    }

    /** Sends the job, for which credit is reserved. */
    void send(DispatchedJob job) {
        job.onCancel(() -> onLoop(() -> cancel(job), () -> {}));
        onLoop(() -> write(job), () -> job.giveBack(Reason.CLOSED, "the dispatcher is closed"));
    }

    private void onLoop(Runnable task, Runnable otherwise) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
            return;
        }
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("the event loop has ended", e);
            otherwise.run();
        }
    }

    private void write(DispatchedJob job) {
        if (job.hasEnded()) {
            refund();
        } else if (state != State.READY) {
            job.giveBack(Reason.GOING_AWAY, "the processor left before the job was sent");
        } else if (outstanding.putIfAbsent(job.attempt(), job) != null) {
            refund();
            job.refuse("attempt %s is out already".formatted(job.attempt()));
        } else {
            deadlines.watch();
            job.sendOver(channel);
        }
    }

    private void refund() {
        credit.incrementAndGet();
        listener.creditGrew();
    }

    private boolean expire(long now) {
        for (DispatchedJob job :
                outstanding.values().stream().filter(each -> each.isDue(now)).toList()) {
            drop(job);
            job.giveBack(Reason.DEADLINE, "no outcome until the job's deadline");
        }
        return !outstanding.isEmpty();
    }

    private void cancel(DispatchedJob job) {
        drop(job);
        job.cancel();
    }

    private void drop(DispatchedJob job) {
        if (outstanding.remove(job.attempt(), job)) {
            Connections.send(channel, Frames.cancel(job.attempt()));
            closeWhenDrained();
        }
    }

    /** Gives every job back, says so to the processor, and closes. On the event loop. */
    void shutDown() {
        state = State.DRAINING;
        giveBack(job -> true, Reason.CLOSED, "the dispatcher is closed");
        channel.writeAndFlush(Frames.goAway("the edge stops"))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event
                instanceof
                Handshake.PeerReady(
                        String identity,
                        Set<Capability> announced,
                        boolean descriptors)) {
            processor = identity;
            capabilities = announced;
            takesDescriptors = descriptors;
            state = State.READY;
            meter.join(identity, this::credit);
            log.atInfo()
                    .addKeyValue("processor", processor)
                    .addKeyValue("group", meter.metrics().group())
                    .addKeyValue("capabilities", capabilities)
                    .log("processor connected");
            listener.ready(this);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Frame frame) {
        switch (frame.getKindCase()) {
            case CREDIT -> grant(frame.getCredit().getJobs());
            case ACCEPTED -> {
                DispatchedJob job =
                        find(frame.getAccepted().getJob(), frame.getAccepted().getAttempt());
                if (job != null) {
                    job.accept();
                }
            }
            case PROGRESS -> {
                DispatchedJob job =
                        find(frame.getProgress().getJob(), frame.getProgress().getAttempt());
                if (job != null) {
                    checkAccepted(job, "PROGRESS");
                    job.progress(frame.getProgress().getStep());
                }
            }
            case RESULT -> finish(frame.getResult());
            case GO_AWAY -> goAway();
            case HELLO, PING, PONG, JOB, CANCEL, KIND_NOT_SET ->
                    throw new ProtocolViolation(frame.getKindCase() + ", which is no processor's");
        }
    }

    /** The job, or null for an attempt that has ended here: what comes for it is late. */
    private @Nullable DispatchedJob find(String job, int attempt) {
        return outstanding.get(new Attempt(job, attempt));
    }

    private static void checkAccepted(DispatchedJob job, String frame) {
        if (!job.isAccepted()) {
            throw new ProtocolViolation(frame + " for a job that was not ACCEPTED");
        }
    }

    private void grant(int jobs) {
        if (jobs <= 0 || jobs > Frames.MAX_CREDIT - credit.get() - outstanding.size()) {
            throw new ProtocolViolation(
                    "credit for %s jobs, the limit is %d"
                            .formatted(Integer.toUnsignedString(jobs), Frames.MAX_CREDIT));
        }
        credit.addAndGet(jobs);
        listener.creditGrew();
    }

    private void finish(Result result) {
        DispatchedJob job = find(result.getJob(), result.getAttempt());
        if (job == null) {
            log.atDebug().addKeyValue("job", result.getJob()).log("late result ignored");
            return;
        }
        checkAccepted(job, "RESULT");
        JobOutcome outcome;
        try {
            outcome = Wire.decode(result.getOutcome());
        } catch (IllegalArgumentException e) {
            throw new ProtocolViolation("a malformed RESULT", e);
        }
        if (!job.allows(outcome)) {
            throw new ProtocolViolation("a RESULT that calls clean what nobody has scanned");
        }
        outstanding.remove(job.attempt());
        job.complete(outcome);
        closeWhenDrained();
    }

    private void goAway() {
        if (state != State.READY) {
            return;
        }
        state = State.DRAINING;
        log.atInfo().addKeyValue("processor", processor).log("processor going away");
        listener.goingAway(this);
        giveBack(job -> !job.isAccepted(), Reason.GOING_AWAY, "the processor is going away");
        closeWhenDrained();
    }

    private void closeWhenDrained() {
        if (state == State.DRAINING && outstanding.isEmpty()) {
            Connections.close(channel);
        }
    }

    private void giveBack(Predicate<DispatchedJob> which, Reason reason, String message) {
        List<DispatchedJob> back = outstanding.values().stream().filter(which).toList();
        for (DispatchedJob job : back) {
            outstanding.remove(job.attempt());
            job.giveBack(reason, message);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        writable = channel.isWritable();
        if (writable) {
            listener.creditGrew();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.CLOSED;
        log.atInfo()
                .addKeyValue("processor", processor)
                .addKeyValue("jobs", outstanding.size())
                .log("processor disconnected");
        giveBack(job -> true, Reason.PROCESSOR_LOST, "the connection to the processor broke");
        meter.leave();
        ctx.fireChannelInactive();
    }
}
