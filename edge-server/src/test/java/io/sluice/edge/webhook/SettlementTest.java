package io.sluice.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.edge.database.Database;
import io.sluice.edge.database.DatabaseProperties;
import io.sluice.model.UploadId;
import io.sluice.model.WebhookId;
import io.sluice.service.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlementTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private final WebhookId id = WebhookId.next(InstantSource.system());
    private final Settlement settlement =
            new Settlement(
                    new RetrySchedule(List.of(Duration.ofSeconds(10)), new Random(1)),
                    Duration.ofDays(3));
    @TempDir Path directory;
    private Database database;

    @BeforeEach
    void open() throws Exception {
        DataDirectory data = new DataDirectory(directory);
        Files.createDirectories(data.db());
        database =
                new Database(
                        new DatabaseProperties("", 1, 100), data, false, new SimpleMeterRegistry());
        run(
                "INSERT INTO webhook (id, url, types, secret, created_at) VALUES (?, 'u', ' upload.stored ', 'whsec_eA==', 0)",
                id.toString());
        run(
                """
                INSERT INTO upload (id, tenant, state, size, sha256, profile, metadata, created_at, updated_at)
                VALUES (?, 'default', 'stored', 5, 'x', 'default', '{}', 0, 0)
                """,
                UploadId.next(InstantSource.system()).toString());
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private void run(String sql, Object... parameters) {
        database.commit(jdbc -> jdbc.sql(sql).params(parameters).update()).join();
    }

    private List<Delivery> waiting() {
        return database.read(jdbc -> Outbox.waiting(jdbc, id, 10));
    }

    private boolean settle(Delivery delivery, Reply reply, Instant at) {
        return database.commit(
                        jdbc -> settlement.settle(jdbc, id, delivery, reply, at.toEpochMilli(), at))
                .join();
    }

    private Webhook webhook() {
        return database.read(jdbc -> WebhookRows.find(jdbc, id)).orElseThrow();
    }

    private DeliveryLog logged() {
        return database.read(jdbc -> Outbox.log(jdbc, id, null, 10)).getFirst();
    }

    @Test
    void whatWasTakenIsDelivered() {
        assertThat(settle(waiting().getFirst(), Reply.of(200), NOW)).isFalse();
        assertThat(waiting()).isEmpty();
        assertThat(logged().state()).isEqualTo("delivered");
    }

    @Test
    void aFailureIsDueAgainAndTheLastOneEndsIt() {
        settle(waiting().getFirst(), Reply.without("refused"), NOW);
        Delivery again = waiting().getFirst();
        assertThat(again.dueAt()).isBetween(at(NOW, 9), at(NOW, 11));
        assertThat(webhook().failingSince()).isEqualTo(NOW);
        settle(again, Reply.of(500), NOW);
        assertThat(logged().state()).isEqualTo("failed");
        assertThat(logged().attempts())
                .extracting(DeliveryLog.Attempt::error)
                .containsExactly("refused", null);
    }

    private static long at(Instant from, int seconds) {
        return from.plusSeconds(seconds).toEpochMilli();
    }

    @Test
    void anEndpointThatHasOnlyFailedForLongIsDisabled() {
        settle(waiting().getFirst(), Reply.of(500), NOW);
        assertThat(webhook().isEnabled()).isTrue();
        settle(waiting().getFirst(), Reply.of(500), NOW.plus(Duration.ofDays(3)));
        assertThat(webhook().disabledReason()).contains("only failed since " + NOW);
    }

    @Test
    void aSuccessMakesGoodForFailures() {
        settle(waiting().getFirst(), Reply.of(500), NOW);
        assertThat(settle(waiting().getFirst(), Reply.of(200), NOW)).isTrue();
        assertThat(webhook().failingSince()).isNull();
    }

    @Test
    void aWebhookThatWasDeletedMeanwhileIsNoError() {
        Delivery delivery = waiting().getFirst();
        run("DELETE FROM webhook");
        assertThat(settle(delivery, Reply.of(200), NOW)).isFalse();
    }

    @Test
    void oldDeliveriesAreForgotten() {
        settle(waiting().getFirst(), Reply.of(200), NOW);
        int forgotten =
                database.commit(jdbc ->
                                Outbox.forget(jdbc, NOW.plusSeconds(1).toEpochMilli(), 10, 10))
                        .join();
        assertThat(forgotten).isEqualTo(1);
    }
}
