package io.sluice.channel.amqp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.ReceivedJob;
import io.sluice.channel.amqp.Mail.Settlement;
import io.sluice.channel.frame.Attempt;
import io.sluice.channel.frame.Backoff;
import io.sluice.channel.frame.Frames;
import io.sluice.channel.frame.JobInHand;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that a processor has from the broker: in hand, or waiting for a slot while it works on
 * others. A job that somebody has had before is not worked on: its edge decides whether it is lost.
 * Owned by the loop.
 */
final class Workbench implements JobInHand.Answers {
    private static final Logger log = LoggerFactory.getLogger(Workbench.class);

    private final int slots;
    private final Shares shares;
    private final Outbox outbox;
    private final AmqpLoop loop;
    private final InstantSource clock;
    private final Consumer<ReceivedJob> handler;
    private final Runnable idle;
    private final Map<Attempt, TakenJob> inHand = new HashMap<>();

    /** Bounded by what the broker gives before it sees an acknowledgement. */
    private final Deque<Delivery> interactive = new ArrayDeque<>();

    private final Deque<Delivery> others = new ArrayDeque<>();
    private boolean draining;

    /** Where jobs go and answers come from. */
    record Place(Shares shares, Outbox outbox, AmqpLoop loop, InstantSource clock) {}

    /**
     * With that many slots.
     *
     * @param idle called whenever no job is in hand any more
     */
    Workbench(int slots, Place place, Consumer<ReceivedJob> handler, Runnable idle) {
        this.slots = slots;
        shares = place.shares();
        outbox = place.outbox();
        loop = place.loop();
        clock = place.clock();
        this.handler = handler;
        this.idle = idle;
    }

    boolean isIdle() {
        return inHand.isEmpty();
    }

    /** From here on nothing is begun. */
    void drain() {
        draining = true;
        for (Delivery delivery = next(); delivery != null; delivery = next()) {
            take(delivery);
        }
    }

    /** The broker delivered something. */
    void take(Delivery delivery) {
        Job job = job(delivery);
        if (job == null) {
            delivery.reject();
            return;
        }
        Attempt attempt = Attempt.of(job);
        TakenJob known = inHand.get(attempt);
        if (known != null) {
            known.deliveredAgain(delivery);
        } else if (draining || delivery.isRedelivered()) {
            handBack(delivery, attempt, Reason.GOING_AWAY);
        } else if (inHand.size() >= slots) {
            (job.kind() == Job.Kind.RENDER ? interactive : others).add(delivery);
        } else if (!clock.instant().isBefore(job.deadline())) {
            handBack(delivery, attempt, Reason.DEADLINE);
        } else {
            begin(delivery, job);
        }
    }

    private static @Nullable Job job(Delivery delivery) {
        try {
            Frame frame = delivery.frame();
            if (frame.hasJob()
                    && Instances.isName(delivery.sender())
                    && !delivery.replyTo().isEmpty()) {
                return Wire.decode(frame.getJob());
            }
            log.warn("a message that is no job goes to the dead letters");
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            log.warn("a malformed job goes to the dead letters: {}", e.getMessage());
        }
        return null;
    }

    private void handBack(Delivery delivery, Attempt attempt, Reason reason) {
        outbox.post(
                Mail.to(delivery.replyTo(), Frames.cancel(attempt))
                        .because(reason)
                        .then(settled -> {
                            if (settled != Settlement.UNCERTAIN) {
                                loop.run(delivery::acknowledge);
                            }
                        }));
    }

    private void begin(Delivery delivery, Job job) {
        Shares.Share share = shares.join(delivery.sender());
        if (share == null) {
            handBack(delivery, Attempt.of(job), Reason.GOING_AWAY);
            return;
        }
        share.take();
        TakenJob taken = new TakenJob(new JobInHand(job, this), delivery, share);
        Attempt attempt = taken.job().attempt();
        inHand.put(attempt, taken);
        outbox.post(Mail.to(taken.mailbox(), Frames.accepted(attempt)));
        Duration left = Duration.between(clock.instant(), job.deadline());
        taken.job().timer(loop.after(left, () -> taken.job().cancel("its deadline passed")));
        handOver(taken.job());
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

    @Override
    public void progress(JobInHand job, String step) {
        loop.run(() -> {
            TakenJob taken = inHand.get(job.attempt());
            if (taken != null && outbox.isUp() && !taken.share().isGone()) {
                outbox.post(Mail.to(taken.mailbox(), Frames.progress(job.attempt(), step)));
            }
        });
    }

    @Override
    public void answer(JobInHand job, JobOutcome outcome) {
        Frame frame = Frames.answer(job.attempt(), outcome);
        loop.run(() -> {
            TakenJob taken = inHand.get(job.attempt());
            if (taken != null) {
                job.stopTimer();
                send(taken, frame, 0);
            }
        });
    }

    /** Until the broker has it or the edge is gone: an answer must not be lost. */
    private void send(TakenJob taken, Frame frame, int failures) {
        if (taken.share().isGone()) {
            finish(taken);
            return;
        }
        outbox.post(
                Mail.to(taken.mailbox(), frame)
                        .then(settled ->
                                loop.run(() -> {
                                    if (settled == Settlement.UNCERTAIN) {
                                        var _ =
                                                loop.after(
                                                        Backoff.RECONNECT.after(failures),
                                                        () -> send(taken, frame, failures + 1));
                                    } else {
                                        finish(taken);
                                    }
                                })));
    }

    private void finish(TakenJob taken) {
        inHand.remove(taken.job().attempt());
        taken.acknowledge();
        taken.share().release();
        while (inHand.size() < slots && !(interactive.isEmpty() && others.isEmpty())) {
            Delivery next = next();
            // Over a broken connection it is no more this processor's.
            if (next != null && next.isOpen()) {
                take(next);
            }
        }
        if (inHand.isEmpty()) {
            idle.run();
        }
    }

    private @Nullable Delivery next() {
        return interactive.isEmpty() ? others.poll() : interactive.poll();
    }

    /** The edge doesn't want it any more. */
    void cancel(Attempt attempt) {
        TakenJob taken = inHand.get(attempt);
        if (taken != null) {
            taken.job().cancel("the edge doesn't want it any more");
        }
    }

    /** The edge is gone, or was not heard of for too long and is to try again. */
    void leave(String edge) {
        shares.leave(edge);
        for (TakenJob taken : List.copyOf(inHand.values())) {
            if (taken.edge().equals(edge)) {
                giveUp(taken, "its edge is gone");
            }
        }
    }

    /** Everything in hand goes back to its edge, but for what is answered already. */
    void giveAllUp() {
        drain();
        for (TakenJob taken : List.copyOf(inHand.values())) {
            if (!taken.job().isAnswered()) {
                giveUp(taken, "the processor stops");
                inHand.remove(taken.job().attempt());
                taken.acknowledge();
            }
        }
    }

    private void giveUp(TakenJob taken, String why) {
        if (taken.job().isAnswered()) {
            return;
        }
        taken.job().stopTimer();
        taken.job().cancel(why);
        outbox.post(
                Mail.to(taken.mailbox(), Frames.cancel(taken.job().attempt()))
                        .because(Reason.PROCESSOR_LOST));
    }
}
