package io.sluice.channel.amqp;

import io.sluice.channel.JobReturned;
import io.sluice.channel.frame.Attempt;
import io.sluice.channel.frame.ConnectionMeter;
import io.sluice.channel.frame.JobMeter;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.MonoSink;

/**
 * A job that an edge has given to the broker. It ends once, whoever is first, but holds its credit
 * until its processor has let go of it. Owned by the loop.
 */
final class OutstandingJob {
    private static final Logger log = LoggerFactory.getLogger(OutstandingJob.class);

    private final Attempt attempt;
    private final MonoSink<JobOutcome> sink;
    private final Consumer<String> progress;
    private final JobMeter meter;
    private @Nullable String owner;
    private @Nullable Future<?> timer;
    private boolean ended;
    private boolean holdsCredit = true;

    OutstandingJob(Job job, MonoSink<JobOutcome> sink, Consumer<String> progress, JobMeter meter) {
        attempt = Attempt.of(job);
        this.sink = sink;
        this.progress = progress;
        this.meter = meter;
    }

    Attempt attempt() {
        return attempt;
    }

    /** Registers what to call, on any thread, when the subscriber goes. */
    void onCancel(Runnable listener) {
        sink.onCancel(listener::run);
    }

    /** What happens at its deadline; replaces what was set before. */
    void timer(Future<?> next) {
        stopTimer();
        timer = next;
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** The processor that has it in its hands; null while none has said so. */
    @Nullable String owner() {
        return owner;
    }

    /**
     * Whether it is, from now on, in the hands of that processor and no other.
     *
     * @param its what counts for the processor
     */
    boolean isOwnedBy(String processor, ConnectionMeter its) {
        if (owner == null) {
            owner = processor;
            if (!ended) {
                its.take(meter);
            }
        }
        return owner.equals(processor);
    }

    /** A listener's failure is the listener's. */
    void progress(String step) {
        if (ended) {
            return;
        }
        try {
            progress.accept(step);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("job", attempt).setCause(e).log("progress listener failed");
        }
    }

    void complete(JobOutcome outcome) {
        if (end(outcome.word())) {
            sink.success(outcome);
        }
    }

    void giveBack(JobReturned.Reason reason, String message) {
        if (end(reason.name().toLowerCase(Locale.ROOT))) {
            sink.error(new JobReturned(reason, message));
        }
    }

    /** The caller's bug: it must not be dispatched like this. */
    void refuse(String message) {
        if (end("refused")) {
            sink.error(new IllegalStateException(message));
        }
    }

    /** Nobody waits for it any more. */
    void cancel() {
        var _ = end("cancelled");
    }

    /** Nothing more is expected of it. */
    void release() {
        stopTimer();
    }

    /** Whether it has held a credit until now. */
    boolean freesCredit() {
        boolean held = holdsCredit;
        holdsCredit = false;
        return held;
    }

    private boolean end(String how) {
        if (ended) {
            return false;
        }
        ended = true;
        meter.end(how);
        return true;
    }
}
