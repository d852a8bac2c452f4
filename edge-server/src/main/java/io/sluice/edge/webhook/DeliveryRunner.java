package io.sluice.edge.webhook;

import io.sluice.edge.database.Database;
import io.sluice.edge.database.Signal;
import io.sluice.model.WebhookId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due from the outbox.
 *
 * <p>Concurrency: one thread, woken by each commit, decides what is sent. Each webhook has places
 * of its own, so that a slow one delays no other. What is under way is known in memory only: after
 * a kill it is still waiting in the outbox, and is sent again with the same id.
 */
final class DeliveryRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeliveryRunner.class);
    private static final long LONGEST_WAIT_MS = 10_000;

    private final Database database;
    private final Webhooks webhooks;
    private final Courier courier;
    private final int concurrency;
    private final Settlement settlement;
    private final InstantSource clock;
    private final Signal signal = new Signal();
    private final Map<WebhookId, Set<Long>> underWay = new ConcurrentHashMap<>();
    private final Thread thread =
            Thread.ofPlatform().name("webhooks").daemon().unstarted(this::run);

    DeliveryRunner(
            Database database,
            Webhooks webhooks,
            Courier courier,
            WebhookProperties properties,
            InstantSource clock) {
        this.database = database;
        this.webhooks = webhooks;
        this.courier = courier;
        this.concurrency = properties.concurrency();
        this.clock = clock;
        this.settlement =
                new Settlement(
                        new RetrySchedule(properties.retries(), RandomGenerator.getDefault()),
                        properties.disableAfter());
    }

    void start() {
        webhooks.refresh();
        database.onCommit(signal);
        signal.raise();
        thread.start();
    }

    private void run() {
        try {
            long wait = LONGEST_WAIT_MS;
            while (true) {
                signal.await(wait);
                wait = sendWhatIsDue();
            }
        } catch (InterruptedException e) {
            log.debug("the webhooks end");
        }
    }

    /** How long to wait then, in milliseconds. */
    private long sendWhatIsDue() {
        try {
            List<Webhook> enabled = webhooks.enabled();
            underWay.entrySet()
                    .removeIf(entry ->
                            entry.getValue().isEmpty()
                                    && enabled.stream()
                                            .noneMatch(w -> w.id().equals(entry.getKey())));
            return enabled.stream().mapToLong(this::sendWhatIsDue).min().orElse(LONGEST_WAIT_MS);
        } catch (RuntimeException e) {
            log.warn("the outbox could not be read, trying again: {}", e.toString());
            return LONGEST_WAIT_MS;
        }
    }

    private long sendWhatIsDue(Webhook webhook) {
        Set<Long> busy = underWay.computeIfAbsent(webhook.id(), _ -> ConcurrentHashMap.newKeySet());
        if (busy.size() >= concurrency) {
            return LONGEST_WAIT_MS;
        }
        long now = clock.millis();
        // As many as there are places: what is under way is among the earliest due.
        for (Delivery delivery :
                database.read(jdbc -> Outbox.waiting(jdbc, webhook.id(), concurrency))) {
            if (delivery.dueAt() > now) {
                return Math.min(delivery.dueAt() - now, LONGEST_WAIT_MS);
            }
            if (busy.size() < concurrency && busy.add(delivery.id())) {
                send(webhook, delivery, busy);
            }
        }
        return LONGEST_WAIT_MS;
    }

    private void send(Webhook webhook, Delivery delivery, Set<Long> busy) {
        long began = clock.millis();
        var _ =
                courier.send(webhook.message(delivery.event(), clock.instant()))
                        .exceptionally(failure -> Reply.without(failure.toString()))
                        .thenCompose(reply -> settle(webhook, delivery, reply, began))
                        .whenComplete((isChanged, failure) -> {
                            if (failure == null && isChanged) {
                                webhooks.refresh();
                            }
                            ended(delivery, busy, failure);
                        });
    }

    private CompletableFuture<Boolean> settle(
            Webhook webhook, Delivery delivery, Reply reply, long began) {
        if (!reply.isTaken()) {
            log.info("webhook {} didn't take event {}: {}", webhook.id(), delivery.id(), reply);
        }
        return database.commit(jdbc ->
                settlement.settle(jdbc, webhook.id(), delivery, reply, began, clock.instant()));
    }

    /** What could not be settled is still waiting: it is sent again when the thread looks next. */
    private void ended(Delivery delivery, Set<Long> busy, Throwable failure) {
        busy.remove(delivery.id());
        if (failure == null) {
            signal.raise();
        } else {
            log.warn("delivery {} could not be settled: {}", delivery.id(), failure.toString());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
