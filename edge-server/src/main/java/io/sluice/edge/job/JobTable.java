package io.sluice.edge.job;

import io.sluice.model.Job;
import io.sluice.model.JobId;
import io.sluice.model.TraceParent;
import io.sluice.model.UploadId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements on the {@code job} table. Every one that ends an attempt is a compare-and-set on
 * job and attempt: a late outcome of an old attempt changes nothing.
 */
final class JobTable {
    private final JobProperties properties;
    private final InstantSource clock;

    JobTable(JobProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
    }

    void insert(JdbcClient jdbc, JobRow job) {
        long now = clock.millis();
        jdbc.sql(
                        """
                        INSERT INTO job (id, upload_id, kind, rendition, trace_parent, state, not_before, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?)
                        """)
                .params(
                        Arrays.asList(
                                job.id().toString(),
                                job.upload().toString(),
                                word(job.kind()),
                                job.rendition(),
                                job.trace().text(),
                                now,
                                now,
                                now))
                .update();
    }

    /**
     * Takes the jobs that are due and for whose kind there is room, the oldest first. The attempt
     * is counted here, before anybody starts to work on it.
     */
    List<JobRow> lease(JdbcClient jdbc, Room room) {
        long now = clock.millis();
        return jdbc.sql(
                        """
                        UPDATE job SET state = 'leased', attempt = attempt + 1, tries = tries + 1, lease_end = ?, updated_at = ?
                        WHERE id IN (
                            SELECT id FROM (
                                SELECT * FROM (SELECT id, not_before FROM job WHERE state = 'queued' AND kind = 'process' AND not_before <= ? ORDER BY not_before, id LIMIT ?)
                                UNION ALL
                                SELECT * FROM (SELECT id, not_before FROM job WHERE state = 'queued' AND kind = 'render' AND not_before <= ? ORDER BY not_before, id LIMIT ?))
                            ORDER BY not_before, id LIMIT ?)
                        RETURNING *
                        """)
                .params(
                        now + properties.deadline().toMillis(),
                        now,
                        now,
                        room.of(Job.Kind.PROCESS),
                        now,
                        room.of(Job.Kind.RENDER),
                        room.total())
                .query((row, _) -> read(row))
                .list();
    }

    /** Ends the attempt and the job. False if the attempt is not the current one. */
    boolean end(
            JdbcClient jdbc, JobRow row, String state, String outcome, @Nullable String reason) {
        int changed =
                jdbc.sql(
                                """
                                UPDATE job SET state = ?, lease_end = NULL, reason = ?, updated_at = ?
                                WHERE id = ? AND attempt = ? AND state = 'leased'
                                """)
                        .params(
                                Arrays.asList(
                                        state,
                                        reason,
                                        clock.millis(),
                                        row.id().toString(),
                                        row.attempt()))
                        .update();
        return changed == 1 && remember(jdbc, row, outcome, reason);
    }

    /** Ends the attempt and queues the job again. False if the attempt is not the current one. */
    boolean requeue(JdbcClient jdbc, JobRow row, boolean isCounted, String outcome, String reason) {
        long now = clock.millis();
        int changed =
                jdbc.sql(
                                """
                                UPDATE job SET state = 'queued', lease_end = NULL, reason = ?, not_before = ?, tries = ?, updated_at = ?
                                WHERE id = ? AND attempt = ? AND state = 'leased'
                                """)
                        .params(
                                Arrays.asList(
                                        reason,
                                        now
                                                + properties.backoff(
                                                        isCounted ? row.tries() : row.attempt()),
                                        isCounted ? row.tries() : row.tries() - 1,
                                        now,
                                        row.id().toString(),
                                        row.attempt()))
                        .update();
        return changed == 1 && remember(jdbc, row, outcome, reason);
    }

    private boolean remember(JdbcClient jdbc, JobRow row, String outcome, @Nullable String reason) {
        jdbc.sql(
                        "INSERT INTO attempt (job_id, attempt, ended_at, outcome, reason) VALUES (?, ?, ?, ?, ?)")
                .params(
                        Arrays.asList(
                                row.id().toString(),
                                row.attempt(),
                                clock.millis(),
                                outcome,
                                reason))
                .update();
        return true;
    }

    /** Nobody wants the upload's jobs any more. */
    void cancel(JdbcClient jdbc, UploadId upload) {
        jdbc.sql(
                        """
                        UPDATE job SET state = 'cancelled', lease_end = NULL, updated_at = ?
                        WHERE upload_id = ? AND state IN ('queued', 'leased')
                        """)
                .params(clock.millis(), upload.toString())
                .update();
    }

    /**
     * At start: what an earlier edge had sent out has nobody to answer to. It is queued again at no
     * cost, but not for ever: a job may be what kills the machine.
     *
     * @return the jobs that have been orphaned too often; they are still leased
     */
    List<JobRow> recover(JdbcClient jdbc) {
        jdbc.sql("UPDATE job SET orphans = orphans + 1 WHERE state = 'leased'").update();
        jdbc.sql(
                        """
                        UPDATE job SET state = 'queued', lease_end = NULL, tries = tries - 1, not_before = ?, reason = 'the edge was restarted'
                        WHERE state = 'leased' AND orphans < ?
                        """)
                .params(clock.millis(), properties.maxOrphans())
                .update();
        return jdbc.sql("SELECT * FROM job WHERE state = 'leased'")
                .query((row, _) -> read(row))
                .list();
    }

    /** When the next queued job of a kind is due, in Unix milliseconds. */
    OptionalLong nextDue(JdbcClient jdbc, Job.Kind kind) {
        Long due =
                jdbc.sql("SELECT min(not_before) FROM job WHERE state = 'queued' AND kind = ?")
                        .param(word(kind))
                        .query(Long.class)
                        .optional()
                        .orElse(null);
        return due == null ? OptionalLong.empty() : OptionalLong.of(due);
    }

    int count(JdbcClient jdbc, String state) {
        return jdbc.sql("SELECT count(*) FROM job WHERE state = '" + state + "'")
                .query(Integer.class)
                .single();
    }

    private static String word(Job.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** A job of an earlier release has none. */
    private static TraceParent trace(@Nullable String text) {
        return text == null ? TraceParent.next() : new TraceParent(text);
    }

    private static JobRow read(ResultSet row) throws SQLException {
        return new JobRow(
                JobId.parse(row.getString("id")),
                UploadId.parse(row.getString("upload_id")),
                Job.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("rendition"),
                row.getInt("attempt"),
                row.getInt("tries"),
                trace(row.getString("trace_parent")));
    }
}
