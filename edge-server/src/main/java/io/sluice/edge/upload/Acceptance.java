package io.sluice.edge.upload;

import io.sluice.edge.database.Command;
import io.sluice.edge.identity.TokenUses;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.spool.SpoolFile;
import io.sluice.model.UploadId;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What acknowledges an upload: its row, its job and its Idempotency-Key, or the earlier upload of
 * that key. Two requests with one key meet here, one behind the other.
 */
record Acceptance(NewUpload request, SpoolFile file, Jobs jobs, InstantSource clock)
        implements Command<Receipt> {

    @Override
    public Receipt run(JdbcClient jdbc) {
        Optional<Upload> earlier = earlier(jdbc);
        if (earlier.isPresent()) {
            return new Receipt(earlier.get(), false);
        }
        insert(jdbc);
        rememberKey(jdbc);
        if (request.grant() != null) {
            TokenUses.take(jdbc, request.grant(), file.id());
        }
        jobs.enqueue(jdbc, file.id(), request.trace());
        return new Receipt(UploadRows.find(jdbc, file.id()).orElseThrow(), true);
    }

    private Optional<Upload> earlier(JdbcClient jdbc) {
        return request.idempotencyKey() == null
                ? Optional.empty()
                : jdbc.sql("SELECT upload_id FROM idempotency WHERE tenant = ? AND key = ?")
                        .params(request.tenant(), request.idempotencyKey())
                        .query(String.class)
                        .optional()
                        .flatMap(id -> UploadRows.find(jdbc, UploadId.parse(id)));
    }

    private void rememberKey(JdbcClient jdbc) {
        if (request.idempotencyKey() != null) {
            jdbc.sql(
                            "INSERT INTO idempotency (tenant, key, upload_id, created_at) VALUES (?, ?, ?, ?)")
                    .params(
                            request.tenant(),
                            request.idempotencyKey(),
                            file.id().toString(),
                            clock.millis())
                    .update();
        }
    }

    private void insert(JdbcClient jdbc) {
        jdbc.sql(
                        """
                        INSERT INTO upload (id, tenant, state, filename, declared_type, size, sha256, profile, metadata, created_at, updated_at,
                            created_by, allowed_types)
                        VALUES (?, ?, 'stored', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        Arrays.asList(
                                file.id().toString(),
                                request.tenant(),
                                request.filename(),
                                request.declaredType(),
                                file.length(),
                                file.sha256().hex(),
                                request.profile(),
                                request.metadata(),
                                clock.millis(),
                                clock.millis(),
                                request.actor(),
                                request.allowedTypes()))
                .update();
    }
}
