package io.sluice.channel.frame;

import io.sluice.model.Job;

/**
 * Names one attempt at a job, as the frames do: what belongs to an older attempt matches nothing.
 */
public record Attempt(String job, int number) {

    /** The attempt that the job is. */
    public static Attempt of(Job job) {
        return new Attempt(job.id().toString(), job.attempt());
    }

    @Override
    public String toString() {
        return job + '#' + number;
    }
}
