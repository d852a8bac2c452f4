package io.sluice.edge.event;

import io.sluice.model.UploadId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and forgets the {@code event} table, which triggers write. */
public final class EventRows {
    private EventRows() {}

    /** The newest id that was ever given; 0 before the first. */
    static long newest(JdbcClient jdbc) {
        return jdbc.sql("SELECT seq FROM sqlite_sequence WHERE name = 'event'")
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** The id behind which nothing has been forgotten. */
    static long forgotten(JdbcClient jdbc) {
        return jdbc.sql("SELECT min(id) - 1 FROM event")
                .query(Long.class)
                .optional()
                .orElseGet(() -> newest(jdbc));
    }

    static EventPage after(JdbcClient jdbc, long id, EventFilter filter, int limit) {
        // Asked first: what is committed in between comes with the next page.
        long newest = newest(jdbc);
        StringBuilder where = new StringBuilder("id > ? AND id <= ?");
        List<Object> parameters = new ArrayList<>(List.of(id, newest));
        if (filter.upload() != null) {
            where.append(" AND upload_id = ?");
            parameters.add(filter.upload().toString());
        }
        if (filter.tenant() != null) {
            where.append(" AND tenant = ?");
            parameters.add(filter.tenant());
        }
        parameters.add(limit);
        List<Event> events =
                jdbc.sql("SELECT * FROM event WHERE " + where + " ORDER BY id LIMIT ?")
                        .params(parameters)
                        .query((row, _) -> read(row))
                        .list();
        boolean isLast = events.size() < limit;
        return new EventPage(events, isLast ? Math.max(id, newest) : events.getLast().id(), isLast);
    }

    /** The event of a row with all columns of the table. */
    public static Event read(ResultSet row) throws SQLException {
        return new Event(
                row.getLong("id"),
                row.getString("uid"),
                UploadId.parse(row.getString("upload_id")),
                row.getString("tenant"),
                row.getString("type"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("data"));
    }

    /**
     * Forgets the oldest events, a few at a time as it holds up other commits. What a webhook still
     * has to send, or to send again, stays.
     *
     * @param before Unix milliseconds
     * @return how many there were
     */
    static int forget(JdbcClient jdbc, long before, int keep, int limit) {
        return jdbc.sql(
                        """
                        DELETE FROM event WHERE id IN (
                            SELECT id FROM event WHERE (at < ? OR id <= ?)
                                AND NOT EXISTS (SELECT 1 FROM delivery WHERE event_id = event.id)
                            ORDER BY id LIMIT ?)
                        """)
                .params(before, newest(jdbc) - keep, limit)
                .update();
    }
}
