package io.sluice.edge.upload;

import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The changes of an upload's row while its bytes come in; each is part of a commit. All but the
 * first do nothing, and say so, once the upload has moved on.
 *
 * @param at in Unix milliseconds
 */
public record Reception(JdbcClient jdbc, UploadId id, long at) {
    /** The problem of an upload that was dropped unfinished. */
    public static final String EXPIRED = "expired";

    private static final long UNKNOWN = -1;

    /**
     * The upload begins.
     *
     * @param size null if it is not known
     */
    public void begin(NewUpload upload, @Nullable Long size) {
        jdbc.sql(
                        """
                        INSERT INTO upload (id, tenant, state, filename, declared_type, size, sha256, received, profile, metadata, created_at, updated_at,
                            created_by, allowed_types)
                        VALUES (?, ?, 'receiving', ?, ?, ?, '', 0, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        Arrays.asList(
                                id.toString(),
                                upload.tenant(),
                                upload.filename(),
                                upload.declaredType(),
                                size == null ? UNKNOWN : size,
                                upload.profile(),
                                upload.metadata(),
                                at,
                                at,
                                upload.actor(),
                                upload.allowedTypes()))
                .update();
    }

    /** So many of its bytes survive a power cut now. */
    public boolean received(long bytes, @Nullable Long size) {
        return update("received = ?, size = ?", bytes, size == null ? Long.valueOf(UNKNOWN) : size);
    }

    /** It is whole. */
    boolean stored(long size, Sha256 sha256) {
        return update(
                "state = 'stored', received = NULL, size = ?, sha256 = ?", size, sha256.hex());
    }

    /** It was given up by its client; nobody needs to remember it. */
    public boolean terminated() {
        return update("state = 'deleted'");
    }

    /** It was not finished in time. */
    public boolean expired() {
        return update(
                "state = 'deleted', problem_code = ?, problem_detail = ?",
                EXPIRED,
                "The upload was not finished in time.");
    }

    private boolean update(String changes, Object... values) {
        Object[] parameters = Arrays.copyOf(values, values.length + 2);
        parameters[values.length] = at;
        parameters[values.length + 1] = id.toString();
        return jdbc.sql(
                                "UPDATE upload SET "
                                        + changes
                                        + ", updated_at = ?, version = version + 1 WHERE id = ? AND state = 'receiving'")
                        .params(parameters)
                        .update()
                == 1;
    }
}
