package io.sluice.edge.quota;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The {@code tenant_usage} table. */
final class UsageRows {
    private UsageRows() {}

    static Usage find(JdbcClient jdbc, String tenant) {
        return jdbc.sql("SELECT bytes, files FROM tenant_usage WHERE tenant = ?")
                .param(tenant)
                .query((row, _) -> new Usage(row.getLong("bytes"), row.getLong("files")))
                .optional()
                .orElse(Usage.NOTHING);
    }

    /** Changes what the tenant has, by numbers that may be negative, and gives what it has then. */
    static Usage add(JdbcClient jdbc, String tenant, long bytes, long files) {
        return jdbc.sql(
                        """
                        INSERT INTO tenant_usage (tenant, bytes, files) VALUES (?, ?, ?)
                        ON CONFLICT (tenant) DO UPDATE SET
                            bytes = bytes + excluded.bytes, files = files + excluded.files
                        RETURNING bytes, files
                        """)
                .params(tenant, bytes, files)
                .query((row, _) -> new Usage(row.getLong("bytes"), row.getLong("files")))
                .single();
    }
}
