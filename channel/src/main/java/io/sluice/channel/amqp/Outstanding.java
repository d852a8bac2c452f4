package io.sluice.channel.amqp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.amqp.Mail.Settlement;
import io.sluice.channel.frame.Attempt;
import io.sluice.channel.frame.Frames;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Cancel;
import io.sluice.model.wire.Frame;
import io.sluice.model.wire.Hello;
import io.sluice.model.wire.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of an edge that are out, and what is heard of them. The first processor that accepts an
 * attempt has it; whatever another one says of it is too late. Owned by the loop, but for the
 * count, against which any thread may reserve.
 */
final class Outstanding {
    private static final Logger log = LoggerFactory.getLogger(Outstanding.class);

    private final Map<Attempt, OutstandingJob> jobs = new HashMap<>();
    private final AtomicInteger held = new AtomicInteger();
    private final Roster roster;
    private final Outbox outbox;
    private final Topology topology;
    private final Peers peers;
    private final Frame hello;
    private final Runnable creditGrew;

    Outstanding(
            Roster roster,
            Outbox outbox,
            Topology topology,
            Peers peers,
            Frame hello,
            Runnable creditGrew) {
        this.roster = roster;
        this.outbox = outbox;
        this.topology = topology;
        this.peers = peers;
        this.hello = hello;
        this.creditGrew = creditGrew;
    }

    Roster roster() {
        return roster;
    }

    int credit() {
        return Math.max(0, roster.allowance() - held.get());
    }

    /** Takes one credit, for {@link #add}. On any thread. */
    boolean reserve() {
        int allowance = roster.allowance();
        return held.getAndUpdate(now -> now < allowance ? now + 1 : now) < allowance;
    }

    /** Gives it back. On any thread. */
    void unreserve() {
        held.decrementAndGet();
        creditGrew.run();
    }

    /** Whether the job may go out; if not, it has been refused, and its credit is free. */
    boolean add(OutstandingJob job) {
        if (job.hasEnded()) {
            unreserve();
            return false;
        }
        if (jobs.putIfAbsent(job.attempt(), job) != null) {
            unreserve();
            job.refuse("attempt %s is out already".formatted(job.attempt()));
            return false;
        }
        return true;
    }

    private void release(OutstandingJob job) {
        if (jobs.remove(job.attempt(), job)) {
            job.release();
            freeCredit(job);
        }
    }

    private void freeCredit(OutstandingJob job) {
        if (job.freesCredit()) {
            unreserve();
        }
    }

    /** What a processor has in hand while it drains takes no room from the others. */
    private void leave(String processor) {
        roster.leave(processor);
        jobs.values().stream()
                .filter(job -> processor.equals(job.owner()))
                .forEach(this::freeCredit);
    }

    /** The broker has taken the job or not. */
    void published(OutstandingJob job, Settlement settled) {
        if (settled != Settlement.DELIVERED && job.owner() == null) {
            release(job);
            job.giveBack(Reason.NO_CREDIT, "the broker did not take the job");
        }
    }

    /** Nobody waits for the job any more. */
    void cancel(OutstandingJob job) {
        if (!job.hasEnded()) {
            job.cancel();
            tellOwner(job);
        }
    }

    /** The job comes back, but its processor may still be at it, and holds its credit. */
    void giveUp(OutstandingJob job, Reason reason, String message) {
        if (!job.hasEnded()) {
            job.giveBack(reason, message);
            tellOwner(job);
        }
    }

    private void tellOwner(OutstandingJob job) {
        if (job.owner() != null) {
            cancelAt(job.owner(), job.attempt());
        }
    }

    private void cancelAt(String processor, Attempt attempt) {
        outbox.post(Mail.to(topology.processor(processor), Frames.cancel(attempt)));
    }

    /** The credit of a job that has ended, and is in no hands, is free. */
    void forgetUnlessTaken(OutstandingJob job) {
        if (job.owner() == null) {
            release(job);
        }
    }

    void giveAllBack(Reason reason, String message) {
        for (OutstandingJob job : List.copyOf(jobs.values())) {
            release(job);
            job.giveBack(reason, message);
        }
    }

    /** Gives back the jobs of processors that were not heard of for too long. */
    void expire() {
        for (String lost : roster.expire()) {
            for (OutstandingJob job : List.copyOf(jobs.values())) {
                if (lost.equals(job.owner())) {
                    release(job);
                    job.giveBack(Reason.PROCESSOR_LOST, "the processor was not heard of any more");
                }
            }
        }
    }

    /** Something came into this edge's mailbox. */
    void hear(Delivery mail) {
        try {
            hear(mail, mail.sender(), mail.frame());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            peers.metrics().frameRefused();
            log.atWarn()
                    .addKeyValue("size", mail.body().size())
                    .log("a message that makes no sense is ignored: {}", e.getMessage());
        }
    }

    private void hear(Delivery mail, String sender, Frame frame) {
        if (!Instances.isName(sender)) {
            throw new IllegalArgumentException("without its sender's name");
        }
        roster.heardOf(sender);
        switch (frame.getKindCase()) {
            case HELLO -> greet(sender, frame.getHello());
            case CREDIT -> allow(sender, frame.getCredit().getJobs());
            case GO_AWAY -> leave(sender);
            case ACCEPTED -> {
                var accepted = frame.getAccepted();
                accept(sender, new Attempt(accepted.getJob(), accepted.getAttempt()));
            }
            case PROGRESS -> {
                var progress = frame.getProgress();
                OutstandingJob job = find(sender, progress.getJob(), progress.getAttempt());
                if (job != null) {
                    job.progress(progress.getStep());
                }
            }
            case RESULT -> finish(sender, frame.getResult());
            case CANCEL -> comeBack(mail, sender, frame.getCancel());
            case PING -> {}
            case PONG, JOB, KIND_NOT_SET ->
                    throw new IllegalArgumentException(frame.getKindCase() + ", no processor's");
        }
    }

    private void greet(String sender, Hello greeting) {
        if (roster.join(sender, Greeting.identity(sender, greeting))) {
            outbox.post(Mail.to(topology.processor(sender), hello));
        }
    }

    private void allow(String sender, int jobs) {
        if (jobs < 0 || jobs > Frames.MAX_CREDIT) {
            throw new IllegalArgumentException(
                    "credit for %s jobs, the limit is %d"
                            .formatted(Integer.toUnsignedString(jobs), Frames.MAX_CREDIT));
        }
        roster.allow(sender, jobs);
        creditGrew.run();
    }

    private void accept(String sender, Attempt attempt) {
        OutstandingJob job = jobs.get(attempt);
        if (job == null || !job.isOwnedBy(sender, peers.of(sender)) || job.hasEnded()) {
            log.atInfo().addKeyValue("job", attempt).log("nobody waits for it: cancelled");
            cancelAt(sender, attempt);
        }
    }

    /** The job, or null when it is not in that processor's hands: what comes for it is late. */
    private @Nullable OutstandingJob find(String sender, String id, int number) {
        OutstandingJob job = jobs.get(new Attempt(id, number));
        return job == null || !job.isOwnedBy(sender, peers.of(sender)) ? null : job;
    }

    private void finish(String sender, Result result) {
        OutstandingJob job = find(sender, result.getJob(), result.getAttempt());
        if (job == null) {
            log.atDebug().addKeyValue("job", result.getJob()).log("late result ignored");
            return;
        }
        release(job);
        try {
            JobOutcome outcome = Wire.decode(result.getOutcome());
            job.complete(outcome);
        } catch (IllegalArgumentException e) {
            job.giveBack(Reason.PROCESSOR_LOST, "the processor's answer makes no sense");
            throw e;
        }
    }

    private void comeBack(Delivery mail, String sender, Cancel cancel) {
        OutstandingJob job = jobs.get(new Attempt(cancel.getJob(), cancel.getAttempt()));
        if (job == null) {
            return;
        }
        String owner = job.owner();
        if (owner != null && !owner.equals(sender) && roster.knows(owner)) {
            // The broker took it from its processor, which may only have lost the connection.
            roster.doubt(owner);
            return;
        }
        Reason reason = mail.reason();
        release(job);
        job.giveBack(
                reason == Reason.GOING_AWAY && owner != null ? Reason.PROCESSOR_LOST : reason,
                "the job came back from " + sender);
    }
}
