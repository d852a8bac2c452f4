package io.sluice.edge.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The {@code api_key} table. */
final class KeyRows {
    private KeyRows() {}

    static List<ApiKey> all(JdbcClient jdbc) {
        return jdbc.sql(
                        "SELECT hash, name, tenant, scopes, created_at, expires_at FROM api_key ORDER BY created_at, hash")
                .query((row, _) -> key(row))
                .list();
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        long expires = row.getLong("expires_at");
        boolean isForever = row.wasNull();
        return new ApiKey(
                row.getString("hash"),
                row.getString("name"),
                row.getString("tenant"),
                Scope.ofWords(row.getString("scopes")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                isForever ? null : Instant.ofEpochMilli(expires));
    }

    static void insert(JdbcClient jdbc, ApiKey key) {
        jdbc.sql(
                        """
                        INSERT INTO api_key (hash, name, tenant, scopes, created_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        Arrays.asList(
                                key.hash(),
                                key.name(),
                                key.tenant(),
                                Scope.words(key.scopes()),
                                key.created().toEpochMilli(),
                                key.expires() == null ? null : key.expires().toEpochMilli()))
                .update();
    }

    /** False if it is gone already. */
    static boolean delete(JdbcClient jdbc, ApiKey key) {
        return jdbc.sql("DELETE FROM api_key WHERE hash = ?").param(key.hash()).update() == 1;
    }
}
