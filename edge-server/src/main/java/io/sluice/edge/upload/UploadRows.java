package io.sluice.edge.upload;

import io.sluice.model.ImageFacts;
import io.sluice.model.Rendition;
import io.sluice.model.ScanReport;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import io.sluice.model.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the {@code upload} table and its renditions. */
final class UploadRows {
    private UploadRows() {}

    static Optional<Upload> find(JdbcClient jdbc, UploadId id) {
        return jdbc.sql("SELECT * FROM upload WHERE id = ?")
                .param(id.toString())
                .query((row, _) -> read(row, renditions(jdbc, id)))
                .optional();
    }

    static Optional<UploadState> state(JdbcClient jdbc, UploadId id) {
        return jdbc.sql("SELECT state FROM upload WHERE id = ?")
                .param(id.toString())
                .query(String.class)
                .optional()
                .map(UploadState::ofWord);
    }

    /** The types that the upload's token has narrowed its profile's to; null if it has not. */
    static @Nullable List<String> allowedTypes(JdbcClient jdbc, UploadId id) {
        return jdbc.sql(
                        "SELECT allowed_types FROM upload WHERE id = ? AND allowed_types IS NOT NULL")
                .param(id.toString())
                .query(String.class)
                .optional()
                .map(types -> List.of(types.split(" ")))
                .orElse(null);
    }

    static List<Upload> list(JdbcClient jdbc, @Nullable String tenant, UploadQuery query) {
        StringBuilder where = new StringBuilder(query.state() == null ? "state <> ?" : "state = ?");
        List<Object> parameters = new ArrayList<>();
        parameters.add((query.state() == null ? UploadState.DELETED : query.state()).word());
        if (tenant != null) {
            where.append(" AND tenant = ?");
            parameters.add(tenant);
        }
        if (query.profile() != null) {
            where.append(" AND profile = ?");
            parameters.add(query.profile());
        }
        if (query.before() != null) {
            where.append(" AND id < ?");
            parameters.add(query.before().toString());
        }
        parameters.add(query.limit());
        return jdbc.sql("SELECT * FROM upload WHERE " + where + " ORDER BY id DESC LIMIT ?")
                .params(parameters)
                .query((row, _) -> read(row, renditions(jdbc, UploadId.parse(row.getString("id")))))
                .list();
    }

    static List<Rendition> renditions(JdbcClient jdbc, UploadId id) {
        return jdbc.sql(
                        "SELECT name, cache_key, content_type, width, height, size FROM rendition WHERE upload_id = ? ORDER BY name")
                .param(id.toString())
                .query((row, _) ->
                        new Rendition(
                                row.getString("name"),
                                row.getString("cache_key"),
                                row.getString("content_type"),
                                row.getInt("width"),
                                row.getInt("height"),
                                row.getLong("size")))
                .list();
    }

    private static Upload read(ResultSet row, List<Rendition> renditions) throws SQLException {
        return new Upload(
                UploadId.parse(row.getString("id")),
                row.getString("tenant"),
                UploadState.ofWord(row.getString("state")),
                row.getString("filename"),
                row.getString("declared_type"),
                row.getString("content_type"),
                bytes(row),
                row.getString("profile"),
                row.getString("metadata"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                row.getInt("attempts"),
                scan(row),
                image(row),
                renditions,
                problem(row),
                row.getLong("version"));
    }

    private static Upload.Bytes bytes(ResultSet row) throws SQLException {
        long size = row.getLong("size");
        String sha256 = row.getString("sha256");
        long received = row.getLong("received");
        return new Upload.Bytes(
                row.wasNull() ? size : received,
                size < 0 ? null : size,
                sha256.isEmpty() ? null : new Sha256(sha256));
    }

    private static @Nullable ScanReport scan(ResultSet row) throws SQLException {
        String verdict = row.getString("verdict");
        return verdict == null
                ? null
                : new ScanReport(
                        Verdict.ofWord(verdict),
                        row.getString("scan_engine"),
                        row.getString("scan_signature"),
                        Instant.ofEpochMilli(row.getLong("scanned_at")));
    }

    private static @Nullable ImageFacts image(ResultSet row) throws SQLException {
        String format = row.getString("image_format");
        return format == null
                ? null
                : new ImageFacts(
                        format,
                        row.getInt("image_width"),
                        row.getInt("image_height"),
                        row.getInt("image_frames"));
    }

    private static @Nullable UploadProblem problem(ResultSet row) throws SQLException {
        String code = row.getString("problem_code");
        return code == null ? null : new UploadProblem(code, row.getString("problem_detail"));
    }
}
