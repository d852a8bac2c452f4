package io.sluice.channel;

import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import reactor.core.publisher.Mono;

/**
 * The edge's end of the channel: hands jobs to processors that have credit. Every transport passes
 * the same contract test. Thread-safe.
 */
public interface Dispatcher extends AutoCloseable {

    /**
     * Sends the job to the processor with the most room and completes with its outcome. Nothing is
     * sent before the subscription; cancelling it cancels the job at the processor.
     *
     * @return the outcome; or {@link JobReturned} when none will come: the processor is lost, went
     *     away before it took the job, has no credit left, or the job's deadline passed
     */
    Mono<JobOutcome> dispatch(Job job);

    /** How many jobs the connected processors would take now. */
    int credit();

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
