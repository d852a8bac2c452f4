package io.sluice.channel;

import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * The edge's end of the channel: hands jobs to processors that have credit. It queues nothing: a
 * job that finds no credit stays in the edge's durable queue. Every transport passes the same
 * contract test. Thread-safe.
 */
public interface Dispatcher extends AutoCloseable {

    /**
     * Sends the job to the processor with the most room and completes with its outcome. Nothing is
     * sent before the subscription; cancelling it cancels the job at the processor. The signals
     * come on the transport's event loop, so whoever wants to block hands over to another thread
     * first.
     *
     * @return the outcome; or {@link JobReturned} when none will come: the processor is lost, went
     *     away before it took the job, has no credit left, or the job's deadline passed; {@link
     *     IllegalArgumentException} when the job doesn't fit into a frame; {@link
     *     IllegalStateException} when this attempt is out already
     */
    Mono<JobOutcome> dispatch(Job job);

    /**
     * The same, and tells the steps that the processor begins, on the event loop and before the
     * outcome. Progress is a courtesy: the transport may leave out steps, and by default does.
     */
    default Mono<JobOutcome> dispatch(Job job, Consumer<String> progress) {
        return dispatch(job);
    }

    /** How many jobs the connected processors would take now. */
    int credit();

    /** How many of them may be of a kind: those that can do what all of its jobs need. */
    default int credit(Job.Kind kind) {
        return credit();
    }

    /** How many processors are connected. */
    int processors();

    /**
     * Registers what to call, on any thread and possibly often, when credit may have grown. It must
     * return at once.
     */
    void onCredit(Runnable listener);

    /** Stops dispatching, tells every processor, and returns the jobs that are still out. */
    @Override
    void close();
}
