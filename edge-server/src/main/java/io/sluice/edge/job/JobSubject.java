package io.sluice.edge.job;

import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What jobs are about: the uploads. The job table calls it inside its own commits, so that a job
 * and its upload never disagree; the other way round uploads know jobs, so this interface keeps the
 * packages free of a cycle.
 */
public interface JobSubject {

    /**
     * An attempt begins: describes it for the processor.
     *
     * @param deadline by the original's size
     * @return empty if the upload is no longer there to be processed
     */
    Optional<Job> begin(JdbcClient jdbc, JobRow row, LongFunction<Duration> deadline);

    /** The job ended with an outcome that settles it. */
    void settle(JdbcClient jdbc, JobRow row, JobOutcome outcome);

    /** The job is a dead letter. */
    void bury(JdbcClient jdbc, JobRow row, String reason);

    /** What was settled or buried is durable. May be called on any thread; returns soon. */
    void committed(JobRow row);
}
