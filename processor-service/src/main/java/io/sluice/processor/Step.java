package io.sluice.processor;

import io.sluice.model.JobOutcome;
import java.io.IOException;

/**
 * One step of a job's way. It may run twice for one job, and stops soon after the lease is over.
 *
 * @param <I> what the step before made
 * @param <O> what the next step takes
 */
@FunctionalInterface
public interface Step<I, O> {

    /**
     * Takes the job one step further.
     *
     * @throws LeaseOver if nobody wants the outcome any more
     * @throws IOException if the machine failed, not the original: trying again may succeed
     */
    Result<O> take(I input, Lease lease) throws IOException, InterruptedException;

    /** What a step made of a job. */
    sealed interface Result<O> {
        /** The job goes on with this. */
        record Next<O>(O output) implements Result<O> {}

        /** The job ends here. */
        record End<O>(JobOutcome outcome) implements Result<O> {}
    }
}
