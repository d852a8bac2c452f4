package io.sluice.edge.upload;

import io.sluice.model.ImageFacts;
import io.sluice.model.JobOutcome;
import io.sluice.model.Rendition;
import io.sluice.model.ScanReport;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One upload's way forward: the statements that change its state. Each has the states it may come
 * from in its condition, so that an upload never moves backward.
 *
 * @param at Unix milliseconds
 */
record Transition(JdbcClient jdbc, UploadId id, long at) {
    private static final String UNFINISHED = " AND state IN ('stored', 'processing')";

    void processing(int attempt) {
        jdbc.sql(
                        "UPDATE upload SET state = 'processing', attempts = ?, updated_at = ?, version = version + 1 WHERE id = ?"
                                + UNFINISHED)
                .params(attempt, at, id.toString())
                .update();
    }

    void ready(JobOutcome.Rendered rendered) {
        ImageFacts image = rendered.image();
        if (image != null) {
            jdbc.sql(
                            "UPDATE upload SET image_format = ?, image_width = ?, image_height = ?, image_frames = ? WHERE id = ?"
                                    + UNFINISHED)
                    .params(
                            image.format(),
                            image.width(),
                            image.height(),
                            image.frames(),
                            id.toString())
                    .update();
        }
        end(UploadState.READY, rendered.contentType(), rendered.scan(), null);
    }

    void quarantined(JobOutcome.Infected infected) {
        end(
                UploadState.QUARANTINED,
                infected.contentType(),
                infected.scan(),
                new UploadProblem(
                        "quarantined", "Malware was found: " + infected.scan().signature()));
    }

    void unscannable(JobOutcome.Unscannable unscannable) {
        end(
                UploadState.UNSCANNABLE,
                unscannable.contentType(),
                unscannable.scan(),
                new UploadProblem("unscannable", unscannable.reason()));
    }

    void rejected(JobOutcome.Rejected rejected) {
        end(
                UploadState.REJECTED,
                rejected.contentType(),
                null,
                new UploadProblem(rejected.code(), rejected.detail()));
    }

    void failed(String reason) {
        end(UploadState.FAILED, null, null, new UploadProblem("dead-letter", reason));
    }

    private void end(
            UploadState state,
            @Nullable String contentType,
            @Nullable ScanReport scan,
            @Nullable UploadProblem problem) {
        jdbc.sql(
                        """
                        UPDATE upload SET state = ?, content_type = coalesce(?, content_type),
                            verdict = ?, scan_engine = ?, scan_signature = ?, scanned_at = ?,
                            problem_code = ?, problem_detail = ?, updated_at = ?, version = version + 1
                        WHERE id = ?
                        """
                                + UNFINISHED)
                .params(
                        Arrays.asList(
                                state.word(),
                                contentType,
                                scan == null ? null : scan.verdict().word(),
                                scan == null ? null : scan.engine(),
                                scan == null ? null : scan.signature(),
                                scan == null ? null : scan.at().toEpochMilli(),
                                problem == null ? null : problem.code(),
                                problem == null ? null : problem.detail(),
                                at,
                                id.toString()))
                .update();
    }

    /** A rendition was made; it takes the place of an earlier one of that name. */
    void rendition(Rendition made) {
        jdbc.sql("DELETE FROM rendition WHERE upload_id = ? AND name = ?")
                .params(id.toString(), made.name())
                .update();
        jdbc.sql(
                        """
                        INSERT INTO rendition (upload_id, name, cache_key, content_type, width, height, size)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        id.toString(),
                        made.name(),
                        made.cacheKey(),
                        made.contentType(),
                        made.width(),
                        made.height(),
                        made.size())
                .update();
        jdbc.sql("UPDATE upload SET updated_at = ?, version = version + 1 WHERE id = ?")
                .params(at, id.toString())
                .update();
    }

    /** False if it was deleted before. */
    boolean deleted() {
        return jdbc.sql(
                                "UPDATE upload SET state = 'deleted', updated_at = ?, version = version + 1 WHERE id = ? AND state <> 'deleted'")
                        .params(at, id.toString())
                        .update()
                == 1;
    }
}
