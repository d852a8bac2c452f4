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

    // Looked up several times for each job: the generated methods cost twice as much.
    @Override
    public boolean equals(Object other) {
        return other instanceof Attempt(String otherJob, int otherNumber)
                && number == otherNumber
                && job.equals(otherJob);
    }

    @Override
    public int hashCode() {
        return job.hashCode() + number;
    }

    @Override
    public String toString() {
        return job + '#' + number;
    }
}
