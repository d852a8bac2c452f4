package io.sluice.channel.frame;

import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.JobReturned;
import io.sluice.model.JobOutcome;
import io.sluice.model.wire.Frame;
import io.sluice.model.wire.JobMessage;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.MonoSink;

/**
 * A job on its way to an outcome, at the edge. It ends once, whoever is first. Owned by the event
 * loop.
 */
final class DispatchedJob {
    private static final Logger log = LoggerFactory.getLogger(DispatchedJob.class);

    private final Attempt attempt;
    private final Consumer<String> progress;
    private final MonoSink<JobOutcome> sink;
    private final JobMeter meter;
    private final long due;
    private Frame frame;
    private @Nullable FileDescriptor original;
    private boolean sent;
    private boolean accepted;
    private boolean ended;

    /**
     * Begins to count.
     *
     * @param leftNanos until its deadline
     */
    DispatchedJob(
            Frame frame,
            long leftNanos,
            Consumer<String> progress,
            MonoSink<JobOutcome> sink,
            JobMeter meter) {
        attempt = new Attempt(frame.getJob().getId(), frame.getJob().getAttempt());
        this.frame = frame;
        this.progress = progress;
        this.sink = sink;
        this.meter = meter;
        due = meter.began() + leftNanos;
    }

    Attempt attempt() {
        return attempt;
    }

    /** Has its original go with it, if there is one and the frame can say so. Before it is sent. */
    void pass(@Nullable FileDescriptor opened) {
        original = opened;
        if (opened == null) {
            return;
        }
        Frame announcing =
                frame.toBuilder().setJob(frame.getJob().toBuilder().setPassed(true)).build();
        if (announcing.getSerializedSize() <= Frames.MAX_BYTES) {
            frame = announcing;
        } else {
            closeOriginal();
        }
    }

    /** Writes it, behind its original's descriptor. */
    void sendOver(Channel channel) {
        sent = true;
        if (original != null) {
            channel.write(original).addListener(_ -> closeOriginal());
        }
        Connections.send(channel, frame);
    }

    private void closeOriginal() {
        FileDescriptor opened = original;
        original = null;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                log.atWarn().addKeyValue("job", attempt).setCause(e).log("not closed");
            }
        }
    }

    /** Registers what to call, on any thread, when the subscriber goes. */
    void onCancel(Runnable listener) {
        sink.onCancel(listener::run);
    }

    /** Whether its deadline has passed, at a {@link System#nanoTime}. */
    boolean isDue(long now) {
        return now - due >= 0;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isAccepted() {
        return accepted;
    }

    void accept() {
        accepted = true;
    }

    /** Whether it can end so: what nobody has scanned must not pass for clean. */
    boolean allows(JobOutcome outcome) {
        return frame.getJob().getKind() != JobMessage.Kind.PROCESS
                || !(outcome instanceof JobOutcome.Rendered rendered)
                || rendered.scan() != null;
    }

    /** A listener's failure is the listener's: the connection serves other jobs too. */
    void progress(String step) {
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
        end("cancelled");
    }

    private boolean end(String how) {
        if (ended) {
            return false;
        }
        ended = true;
        meter.end(how);
        if (!sent) {
            closeOriginal();
        }
        return true;
    }
}
