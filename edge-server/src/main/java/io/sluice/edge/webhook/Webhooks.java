package io.sluice.edge.webhook;

import io.sluice.edge.database.Audit;
import io.sluice.edge.database.Command;
import io.sluice.edge.database.Database;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.TooBusy;
import io.sluice.model.WebhookId;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The webhooks, as admins see them. All methods block, and what changes something is audited. What
 * {@link #enabled} gives is read again after each change.
 */
public final class Webhooks {
    private final Database database;
    private final WebhookProperties properties;
    private final InstantSource clock;
    private volatile List<Webhook> enabled = List.of();

    public Webhooks(Database database, WebhookProperties properties, InstantSource clock) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    /** Those that are sent to; doesn't block. */
    List<Webhook> enabled() {
        return enabled;
    }

    void refresh() {
        enabled = list().stream().filter(Webhook::isEnabled).toList();
    }

    /**
     * Registers a webhook.
     *
     * @throws io.sluice.edge.network.TargetRefused if its URL leads nowhere that is allowed
     * @throws TooBusy if there are too many
     */
    public Webhook create(Identity who, NewWebhook wanted) {
        URI target = properties.filter().target(wanted.url());
        literal(target.getHost()).ifPresent(properties.filter()::require);
        Webhook webhook =
                new Webhook(
                        WebhookId.next(clock),
                        wanted.tenant(),
                        wanted.url(),
                        wanted.types(),
                        SigningSecret.random(),
                        null,
                        null,
                        null,
                        null,
                        clock.instant());
        return change(
                who,
                "webhook-created",
                webhook.id(),
                jdbc -> {
                    if (WebhookRows.count(jdbc) >= properties.maxEndpoints()) {
                        throw new TooBusy("too many webhooks (sluice.webhook.max-endpoints)");
                    }
                    WebhookRows.insert(jdbc, webhook);
                    return webhook;
                });
    }

    /** A host that is an address is judged at once; a name is judged whenever it is looked up. */
    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(
                    InetAddress.ofLiteral(
                            host.startsWith("[") ? host.substring(1, host.length() - 1) : host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** All of them, the oldest first. */
    public List<Webhook> list() {
        return database.read(WebhookRows::list);
    }

    /** The webhook of that id. */
    public Optional<Webhook> find(WebhookId id) {
        return database.read(jdbc -> WebhookRows.find(jdbc, id));
    }

    /** Deletes it with its log; false if there is none. */
    public boolean delete(Identity who, WebhookId id) {
        return change(who, "webhook-deleted", id, jdbc -> WebhookRows.delete(jdbc, id));
    }

    /** Sends to it again, also what waited; empty if there is none. */
    public Optional<Webhook> enable(Identity who, WebhookId id) {
        return change(
                who,
                "webhook-enabled",
                id,
                jdbc -> {
                    WebhookRows.enable(jdbc, id);
                    return WebhookRows.find(jdbc, id);
                });
    }

    /** Sends nothing more to it; empty if there is none. */
    public Optional<Webhook> disable(Identity who, WebhookId id) {
        return change(
                who,
                "webhook-disabled",
                id,
                jdbc -> {
                    WebhookRows.disable(jdbc, id, who.actor() + " disabled it");
                    return WebhookRows.find(jdbc, id);
                });
    }

    /** Gives it a new secret; the old one signs too for a while. Empty if there is none. */
    public Optional<Webhook> rotateSecret(Identity who, WebhookId id) {
        SigningSecret fresh = SigningSecret.random();
        return change(
                who,
                "webhook-secret-rotated",
                id,
                jdbc -> {
                    WebhookRows.rotate(
                            jdbc, id, fresh, clock.instant().plus(properties.secretOverlap()));
                    return WebhookRows.find(jdbc, id);
                });
    }

    /** Its newest deliveries, behind an id if one is given. */
    public List<DeliveryLog> deliveries(WebhookId id, @Nullable Long before, int limit) {
        return database.read(jdbc -> Outbox.log(jdbc, id, before, limit));
    }

    /** Sends a delivery again, as the same message; false if there is none. */
    public boolean replay(Identity who, WebhookId id, long delivery) {
        return change(
                who,
                "webhook-replayed",
                id,
                jdbc -> Outbox.replay(jdbc, id, delivery, clock.millis()));
    }

    private <T> T change(Identity who, String action, WebhookId id, Command<T> command) {
        T result = database.commit(jdbc -> audited(jdbc, who, action, id, command)).join();
        refresh();
        return result;
    }

    private <T> T audited(
            JdbcClient jdbc, Identity who, String action, WebhookId id, Command<T> command) {
        T result = command.run(jdbc);
        Audit.write(jdbc, clock.millis(), who.actor(), action, id.toString(), null);
        return result;
    }

    /** Forgets deliveries that are too old or too many. */
    void forget() {
        long before = clock.millis() - properties.keepFor().toMillis();
        int forgotten;
        do {
            forgotten =
                    database.commit(jdbc -> Outbox.forget(jdbc, before, properties.keep(), 500))
                            .join();
        } while (forgotten == 500);
    }
}
