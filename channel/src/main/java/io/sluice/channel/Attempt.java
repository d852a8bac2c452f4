package io.sluice.channel;

import io.sluice.model.Job;

/**
 * Names one attempt at a job, as the frames do: what belongs to an older attempt matches nothing.
 */
record Attempt(String job, int number) {

    static Attempt of(Job job) {
        return new Attempt(job.id().toString(), job.attempt());
    }

    @Override
    public String toString() {
        return job + '#' + number;
    }
}
