package io.sluice.channel;

import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** A job in a processor's hands. Answering it gives the credit back. Thread-safe. */
public interface ReceivedJob {

    /** What is to be done. */
    Job job();

    /**
     * Its original, which the edge has opened for it; empty where it goes by its path. To be read
     * by one thread at a time; the answer closes it.
     */
    default Optional<SeekableByteChannel> original() {
        return Optional.empty();
    }

    /** Tells the edge which step has begun. */
    void progress(String step);

    /** Answers the job. A second answer is a bug and throws {@link IllegalStateException}. */
    void complete(JobOutcome outcome);

    /**
     * Registers what to call, once, when the edge no longer wants an outcome: cancel, deadline or
     * lost edge.
     */
    void onCancel(Runnable listener);

    /** Whether the edge no longer wants an outcome. */
    boolean isCancelled();
}
