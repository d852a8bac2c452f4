package io.sluice.edge.identity;

import io.sluice.model.UploadId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The uploads that tokens have made: the {@code token_use} table. */
public final class TokenUses {
    private TokenUses() {}

    /**
     * Writes down that the token has made the upload; for the commit that makes it.
     *
     * @throws TokenUsedUp if it has made as many as it may
     */
    public static void take(JdbcClient jdbc, Grant grant, UploadId upload) {
        if (count(jdbc, grant) >= grant.uses()) {
            throw new TokenUsedUp(grant);
        }
        jdbc.sql("INSERT INTO token_use (token_id, upload_id, expires_at) VALUES (?, ?, ?)")
                .params(grant.id(), upload.toString(), grant.expires().toEpochMilli())
                .update();
    }

    /**
     * Looks ahead, before bytes are taken that could not be kept.
     *
     * @throws TokenUsedUp if it has made as many as it may
     */
    public static boolean requireOneLeft(JdbcClient jdbc, Grant grant) {
        if (count(jdbc, grant) >= grant.uses()) {
            throw new TokenUsedUp(grant);
        }
        return true;
    }

    private static long count(JdbcClient jdbc, Grant grant) {
        return jdbc.sql("SELECT count(*) FROM token_use WHERE token_id = ?")
                .param(grant.id())
                .query(Long.class)
                .single();
    }

    /** Whether the token has made the upload. */
    public static boolean hasMade(JdbcClient jdbc, Grant grant, UploadId upload) {
        return jdbc.sql("SELECT 1 FROM token_use WHERE token_id = ? AND upload_id = ?")
                .params(grant.id(), upload.toString())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Forgets the uses of tokens that have expired: nobody can ask by them any more. */
    public static int forget(JdbcClient jdbc, long now) {
        return jdbc.sql("DELETE FROM token_use WHERE expires_at < ?").param(now).update();
    }
}
