package io.sluice.edge.upload.transfer;

import io.sluice.edge.upload.Reception;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and changes the {@code transfer} table. */
final class TransferRows {
    private static final String SELECT =
            """
            SELECT u.id, u.tenant, u.state, u.size, u.received, t.actor, t.protocol, t.role, t.metadata, t.concat,
                   t.parts, t.expires_at, t.boot
            FROM transfer t JOIN upload u ON u.id = t.upload_id
            """;

    private TransferRows() {}

    static Optional<Transfer> find(JdbcClient jdbc, UploadId id) {
        return jdbc.sql(SELECT + " WHERE t.upload_id = ?")
                .param(id.toString())
                .query((row, _) -> read(row))
                .optional();
    }

    /** Whether the upload is one that was dropped unfinished. */
    static boolean isExpired(JdbcClient jdbc, UploadId id) {
        return jdbc.sql("SELECT count(*) FROM upload WHERE id = ? AND problem_code = ?")
                        .params(id.toString(), Reception.EXPIRED)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Unfinished uploads behind that id, in the order of their ids. */
    static List<Transfer> unfinished(JdbcClient jdbc, String behind, int limit) {
        return jdbc.sql(SELECT + " WHERE u.state = 'receiving' AND u.id > ? ORDER BY u.id LIMIT ?")
                .params(behind, limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** Those that should have been finished by then, the oldest first. */
    static List<Transfer> expired(JdbcClient jdbc, Instant now, int limit) {
        return jdbc.sql(SELECT + " WHERE t.expires_at <= ? ORDER BY t.expires_at LIMIT ?")
                .params(now.toEpochMilli(), limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** The unfinished uploads that the part is for. */
    static List<Transfer> finalsOf(JdbcClient jdbc, UploadId part) {
        return jdbc.sql(
                        SELECT
                                + " WHERE t.role = 'final' AND t.expires_at IS NOT NULL AND instr(t.parts, ?) > 0")
                .param(part.toString())
                .query((row, _) -> read(row))
                .list();
    }

    static void insert(
            JdbcClient jdbc, UploadId id, NewTransfer request, Instant expires, String boot) {
        jdbc.sql(
                        """
                        INSERT INTO transfer (upload_id, protocol, role, actor, metadata, concat, parts, expires_at, boot)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        Arrays.asList(
                                id.toString(),
                                request.protocol().word(),
                                request.role().word(),
                                request.upload().actor(),
                                request.metadata(),
                                request.concat(),
                                request.parts().stream()
                                        .map(UploadId::toString)
                                        .collect(Collectors.joining(" ")),
                                expires.toEpochMilli(),
                                boot))
                .update();
    }

    /** It has grown, or was compared with its file. */
    static void touch(JdbcClient jdbc, UploadId id, Instant expires, String boot) {
        jdbc.sql("UPDATE transfer SET expires_at = ?, boot = ? WHERE upload_id = ?")
                .params(expires.toEpochMilli(), boot, id.toString())
                .update();
    }

    /** It never expires any more: it is whole, or it is gone. */
    static void settle(JdbcClient jdbc, UploadId id) {
        jdbc.sql("UPDATE transfer SET expires_at = NULL WHERE upload_id = ?")
                .param(id.toString())
                .update();
    }

    private static Transfer read(ResultSet row) throws SQLException {
        long size = row.getLong("size");
        long received = row.getLong("received");
        boolean isStored = row.wasNull();
        long expires = row.getLong("expires_at");
        Instant end = row.wasNull() ? null : Instant.ofEpochMilli(expires);
        return new Transfer(
                UploadId.parse(row.getString("id")),
                row.getString("tenant"),
                row.getString("actor"),
                UploadState.ofWord(row.getString("state")),
                Protocol.ofWord(row.getString("protocol")),
                Role.ofWord(row.getString("role")),
                isStored ? size : received,
                size < 0 ? null : size,
                row.getString("metadata"),
                row.getString("concat"),
                parts(row.getString("parts")),
                end,
                row.getString("boot"));
    }

    private static List<UploadId> parts(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ")).map(UploadId::parse).toList();
    }
}
