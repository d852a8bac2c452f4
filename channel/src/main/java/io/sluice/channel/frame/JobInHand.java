package io.sluice.channel.frame;

import io.sluice.channel.ReceivedJob;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job at the processor, tied to the way it came. */
public final class JobInHand implements ReceivedJob {
    private static final Logger log = LoggerFactory.getLogger(JobInHand.class);

    private final Job job;
    private final Attempt attempt;
    private final Answers answers;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final List<Runnable> listeners = new ArrayList<>(1); // guards itself
    private @Nullable SeekableByteChannel original; // set before the job is handed over
    private volatile boolean cancelled;
    private @Nullable Future<?> deadline; // the event loop's
    private long due; // the event loop's

    /** The way back to the job's edge; called on any thread. */
    public interface Answers {
        /** The job has come to that step. */
        void progress(JobInHand job, String step);

        /** The job is done; called once. */
        void answer(JobInHand job, JobOutcome outcome);
    }

    /** With the way that its answers take. */
    public JobInHand(Job job, Answers answers) {
        this.job = job;
        attempt = Attempt.of(job);
        this.answers = answers;
    }

    /** Which attempt at the job it is. */
    public Attempt attempt() {
        return attempt;
    }

    /** Whether the worker has let go of it. */
    public boolean isAnswered() {
        return answered.get();
    }

    @Override
    public Job job() {
        return job;
    }

    /** Came with it, and is closed with it. */
    void original(@Nullable SeekableByteChannel passed) {
        original = passed;
    }

    @Override
    public Optional<SeekableByteChannel> original() {
        return Optional.ofNullable(original);
    }

    @Override
    public void progress(String step) {
        answers.progress(this, step);
    }

    @Override
    public void complete(JobOutcome outcome) {
        if (!answered.compareAndSet(false, true)) {
            throw new IllegalStateException("job " + attempt() + " is answered already");
        }
        if (original != null) {
            Passing.close(original);
        }
        answers.answer(this, outcome);
    }

    @Override
    public void onCancel(Runnable listener) {
        synchronized (listeners) {
            if (!cancelled) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** When its deadline is, by {@link System#nanoTime}. */
    void due(long nanos) {
        due = nanos;
    }

    boolean isDue(long now) {
        return now - due >= 0;
    }

    /** What cancels it at its deadline. */
    public void timer(Future<?> timer) {
        deadline = timer;
    }

    /** It left the processor's hands; on the event loop. */
    public void stopTimer() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    /** Tells the worker, once, unless it has answered. On the event loop. */
    public void cancel(String why) {
        List<Runnable> toCall;
        synchronized (listeners) {
            if (cancelled || answered.get()) {
                return;
            }
            cancelled = true;
            toCall = List.copyOf(listeners);
            listeners.clear();
        }
        log.atInfo().addKeyValue("job", attempt()).log("job cancelled: {}", why);
        for (Runnable listener : toCall) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                log.atError().addKeyValue("job", attempt()).setCause(e).log("cancelling failed");
            }
        }
    }
}
