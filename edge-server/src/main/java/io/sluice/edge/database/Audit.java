package io.sluice.edge.database;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The audit: who did what to which upload or key, written in the same commit as the deed, never
 * changed.
 */
public final class Audit {
    private Audit() {}

    /**
     * Writes a row about what happened by itself.
     *
     * @param at Unix milliseconds
     * @param actor the key's name, or {@code sluice} for what happens by itself
     */
    public static void write(
            JdbcClient jdbc,
            long at,
            String actor,
            String action,
            String subject,
            @Nullable String detail) {
        write(jdbc, at, new Actor(actor, null, null), action, subject, detail);
    }

    /**
     * Writes a row.
     *
     * @param at Unix milliseconds
     */
    public static void write(
            JdbcClient jdbc,
            long at,
            Actor actor,
            String action,
            String subject,
            @Nullable String detail) {
        jdbc.sql(
                        """
                        INSERT INTO audit (at, actor, action, subject, detail, tenant, address)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(at)
                .param(actor.name())
                .param(action)
                .param(subject)
                .param(detail)
                .param(actor.tenant())
                .param(actor.address())
                .update();
    }
}
