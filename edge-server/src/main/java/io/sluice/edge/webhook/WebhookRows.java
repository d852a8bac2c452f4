package io.sluice.edge.webhook;

import io.sluice.model.WebhookId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The {@code webhook} table. */
final class WebhookRows {
    private WebhookRows() {}

    static void insert(JdbcClient jdbc, Webhook webhook) {
        jdbc.sql(
                        "INSERT INTO webhook (id, tenant, url, types, secret, created_at) VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        Arrays.asList(
                                webhook.id().toString(),
                                webhook.tenant(),
                                webhook.url(),
                                text(webhook.types()),
                                webhook.secret().text(),
                                webhook.createdAt().toEpochMilli()))
                .update();
    }

    /** Each between blanks, as the trigger that fills the outbox looks for them. */
    private static String text(List<String> types) {
        return types.isEmpty() ? "" : ' ' + String.join(" ", types) + ' ';
    }

    static int count(JdbcClient jdbc) {
        return jdbc.sql("SELECT count(*) FROM webhook").query(Integer.class).single();
    }

    static List<Webhook> list(JdbcClient jdbc) {
        return jdbc.sql("SELECT * FROM webhook ORDER BY id").query((row, _) -> read(row)).list();
    }

    static Optional<Webhook> find(JdbcClient jdbc, WebhookId id) {
        return jdbc.sql("SELECT * FROM webhook WHERE id = ?")
                .param(id.toString())
                .query((row, _) -> read(row))
                .optional();
    }

    static boolean delete(JdbcClient jdbc, WebhookId id) {
        return jdbc.sql("DELETE FROM webhook WHERE id = ?").param(id.toString()).update() == 1;
    }

    static void disable(JdbcClient jdbc, WebhookId id, String reason) {
        jdbc.sql("UPDATE webhook SET disabled_reason = ? WHERE id = ? AND disabled_reason IS NULL")
                .params(reason, id.toString())
                .update();
    }

    static void enable(JdbcClient jdbc, WebhookId id) {
        jdbc.sql("UPDATE webhook SET disabled_reason = NULL, failing_since = NULL WHERE id = ?")
                .param(id.toString())
                .update();
    }

    /** Null when it has just taken something. */
    static void failing(JdbcClient jdbc, WebhookId id, @Nullable Instant since) {
        jdbc.sql("UPDATE webhook SET failing_since = ? WHERE id = ?")
                .params(Arrays.asList(since == null ? null : since.toEpochMilli(), id.toString()))
                .update();
    }

    static void rotate(JdbcClient jdbc, WebhookId id, SigningSecret secret, Instant oldEnds) {
        jdbc.sql(
                        "UPDATE webhook SET old_secret = secret, old_secret_ends = ?, secret = ? WHERE id = ?")
                .params(oldEnds.toEpochMilli(), secret.text(), id.toString())
                .update();
    }

    private static Webhook read(ResultSet row) throws SQLException {
        String types = row.getString("types").strip();
        String oldSecret = row.getString("old_secret");
        return new Webhook(
                WebhookId.parse(row.getString("id")),
                row.getString("tenant"),
                row.getString("url"),
                types.isEmpty() ? List.of() : List.of(types.split(" ")),
                new SigningSecret(row.getString("secret")),
                oldSecret == null ? null : new SigningSecret(oldSecret),
                instant(row, "old_secret_ends"),
                row.getString("disabled_reason"),
                instant(row, "failing_since"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
