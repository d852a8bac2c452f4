package io.sluice.edge.database;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of the state.
 *
 * @param url empty for SQLite in {@code db/} below the data directory
 * @param readers connections, each with a thread of its own, that queries run on
 * @param maxWaiting commands that may wait for the committer, and queries for a reader, before
 *     callers are refused
 */
@ConfigurationProperties(prefix = "sluice.database", ignoreUnknownFields = false)
public record DatabaseProperties(
        @DefaultValue("") String url,
        @DefaultValue("2") int readers,
        @DefaultValue("4096") int maxWaiting) {

    public DatabaseProperties {
        Assert.isTrue(
                url.isEmpty() || url.startsWith("jdbc:sqlite:"),
                "this version keeps its state in SQLite only: leave sluice.database.url empty, or give jdbc:sqlite:FILE");
        Assert.isTrue(readers >= 1 && readers <= 64, "must be 1 to 64");
        Assert.isTrue(maxWaiting >= 1, "must be at least 1");
    }
}
