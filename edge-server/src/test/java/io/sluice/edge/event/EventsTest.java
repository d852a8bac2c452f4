package io.sluice.edge.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.edge.database.Database;
import io.sluice.edge.database.DatabaseProperties;
import io.sluice.edge.upload.TooBusy;
import io.sluice.model.UploadId;
import io.sluice.service.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    private static final EventFilter ALL = new EventFilter(null, null);
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    @TempDir Path directory;
    private Database database;
    private Events events;

    @BeforeEach
    void open() throws Exception {
        DataDirectory data = new DataDirectory(directory);
        Files.createDirectories(data.db());
        database =
                new Database(
                        new DatabaseProperties("", 1, 100), data, false, new SimpleMeterRegistry());
        events =
                new Events(
                        database,
                        new EventProperties(3, Duration.ofDays(1), 1, Duration.ofSeconds(1)),
                        InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() throws Exception {
        events.close();
        database.close();
    }

    private UploadId insert(String state, Instant at) {
        UploadId id = UploadId.next(InstantSource.system());
        run(
                """
                INSERT INTO upload (id, tenant, state, size, sha256, profile, metadata, created_at, updated_at)
                VALUES (?, 'default', ?, 5, 'x', 'default', '{}', 0, ?)
                """,
                id.toString(),
                state,
                at.toEpochMilli());
        return id;
    }

    private void run(String sql, Object... parameters) {
        database.commit(jdbc -> jdbc.sql(sql).params(parameters).update()).join();
    }

    private List<String> types() {
        return events.after(0, ALL, 100).events().stream().map(Event::type).toList();
    }

    @Test
    void eachChangeOfAStateWritesOneInTheSameCommit() {
        UploadId id = insert("stored", NOW);
        run("UPDATE upload SET state = 'processing' WHERE id = ?", id.toString());
        run("UPDATE upload SET state = 'processing', attempts = 2 WHERE id = ?", id.toString());
        run("UPDATE upload SET filename = 'x' WHERE id = ?", id.toString());
        assertThatThrownBy(() ->
                        database.commit(
                                        jdbc -> {
                                            jdbc.sql("UPDATE upload SET state = 'failed'").update();
                                            throw new IllegalStateException("undone");
                                        })
                                .join())
                .hasRootCauseMessage("undone");
        run("UPDATE upload SET state = 'ready', content_type = 'a/b' WHERE id = ?", id.toString());
        assertThat(types()).containsExactly("upload.stored", "upload.processing", "upload.ready");
        assertThat(events.newest()).isEqualTo(3);
    }

    @Test
    void anEventTellsTheUploadAsItWasThen() {
        UploadId id = insert("stored", NOW);
        run(
                "UPDATE upload SET state = 'rejected', problem_code = 'c', problem_detail = 'd' WHERE id = ?",
                id.toString());
        Event event = events.after(0, ALL, 100).events().getLast();
        assertThat(event.upload()).isEqualTo(id);
        assertThat(event.at()).isEqualTo(NOW);
        assertThat(event.isEnd()).isTrue();
        assertThat(CloudEvent.of(event).text())
                .contains(
                        "\"state\":\"rejected\"", "\"problem\":{\"code\":\"c\",\"detail\":\"d\"}");
    }

    @Test
    void theOldestAreForgottenByNumberAndByAge() {
        for (int i = 0; i < 5; i++) {
            insert("stored", NOW);
        }
        events.forget();
        assertThat(types()).hasSize(3);
        assertThat(events.forgotten()).isEqualTo(2);
        run("UPDATE event SET at = ? WHERE id = 3", NOW.minus(Duration.ofDays(2)).toEpochMilli());
        events.forget();
        assertThat(events.forgotten()).isEqualTo(3);
    }

    @Test
    void whatAWebhookStillNeedsIsKept() {
        run(
                "INSERT INTO webhook (id, url, types, secret, created_at) VALUES ('w', 'u', '', 's', 0)");
        insert("stored", NOW.minus(Duration.ofDays(2)));
        events.forget();
        assertThat(types()).hasSize(1);
        run("DELETE FROM webhook");
        events.forget();
        assertThat(types()).isEmpty();
        assertThat(events.forgotten()).isEqualTo(1);
    }

    @Test
    void thereIsAPlaceForSoManySubscribers() {
        Subscription first = events.subscribe(ALL, () -> {});
        assertThatThrownBy(() -> events.subscribe(ALL, () -> {})).isInstanceOf(TooBusy.class);
        first.close();
        first.close();
        events.subscribe(ALL, () -> {}).close();
    }

    @Test
    void recentOnesAreTheSameFromMemoryAsFromTheTable() {
        RecentEvents recent = new RecentEvents();
        recent.restart(0);
        UploadId one = insert("stored", NOW);
        insert("stored", NOW);
        recent.add(events.after(0, ALL, 100));
        EventFilter ofOne = new EventFilter("default", one);
        assertThat(recent.after(0, ofOne, 10)).contains(events.after(0, ofOne, 10));
        assertThat(recent.after(0, ALL, 1)).contains(events.after(0, ALL, 1));
        assertThat(recent.after(3, ALL, 1)).as("newer than what is here").isEmpty();
        recent.restart(2);
        assertThat(recent.after(1, ALL, 1)).as("older than what is here").isEmpty();
    }
}
