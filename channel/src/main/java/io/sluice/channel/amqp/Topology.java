package io.sluice.channel.amqp;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.sluice.channel.AmqpProperties;
import io.sluice.model.Job;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The queues and exchanges, all durable and bounded. Each end declares them at each connection, as
 * they may be gone with the broker's disk.
 */
final class Topology {
    /** How long the broker keeps the mailbox of an end that has gone without a word. */
    private static final int MAILBOX_EXPIRES_MS = 10 * 60_000;

    private final String prefix;
    private final int deliveryLimit;
    private final int maxLength;

    Topology(AmqpProperties settings) {
        prefix = settings.queuePrefix();
        deliveryLimit = settings.deliveryLimit();
        maxLength = settings.maxLength();
    }

    /** The exchange that jobs go to, by the word of their kind. */
    String jobs() {
        return prefix + ".jobs";
    }

    /** Where jobs of the kind wait for a processor. */
    String jobs(Job.Kind kind) {
        return jobs() + '.' + word(kind);
    }

    /** Where jobs wait, those first that somebody waits for. */
    List<String> jobQueues() {
        return Stream.of(Job.Kind.RENDER, Job.Kind.PROCESS).map(this::jobs).toList();
    }

    /** The kind's routing key. */
    static String word(Job.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The exchange for what every edge is to hear. */
    String edges() {
        return prefix + ".edges";
    }

    /** The exchange for what every processor is to hear. */
    String processors() {
        return prefix + ".processors";
    }

    /** Where the broker puts jobs that it has given up; any edge tells each job's own edge. */
    String returned() {
        return prefix + ".returned";
    }

    /** Where messages are kept that are no jobs, for somebody to look at; the oldest go first. */
    String dead() {
        return prefix + ".dead";
    }

    /** The mailbox of an edge. */
    String edge(String instance) {
        return prefix + ".edge." + instance;
    }

    /** The mailbox of a processor. */
    String processor(String instance) {
        return prefix + ".processor." + instance;
    }

    /**
     * Declares everything, and one end's own mailbox.
     *
     * @param audience the exchange of what all ends of its kind are to hear
     * @throws IOException when a queue exists with other arguments, among others
     */
    void declare(Channel channel, String mailbox, String audience) throws IOException {
        channel.exchangeDeclare(jobs(), BuiltinExchangeType.DIRECT, true);
        channel.exchangeDeclare(returned(), BuiltinExchangeType.FANOUT, true);
        channel.exchangeDeclare(edges(), BuiltinExchangeType.FANOUT, true);
        channel.exchangeDeclare(processors(), BuiltinExchangeType.FANOUT, true);
        queue(channel, dead(), Map.of("x-overflow", "drop-head"));
        queue(channel, returned(), Map.of());
        channel.queueBind(returned(), returned(), "");
        for (Job.Kind kind : Job.Kind.values()) {
            queue(
                    channel,
                    jobs(kind),
                    Map.of(
                            "x-delivery-limit",
                            deliveryLimit,
                            "x-dead-letter-exchange",
                            returned(),
                            "x-dead-letter-strategy",
                            "at-least-once"));
            channel.queueBind(jobs(kind), jobs(), word(kind));
        }
        queue(channel, mailbox, Map.of("x-expires", MAILBOX_EXPIRES_MS));
        channel.queueBind(mailbox, audience, "");
    }

    private void queue(Channel channel, String name, Map<String, Object> more) throws IOException {
        Map<String, Object> arguments =
                new HashMap<>(
                        Map.of(
                                "x-queue-type", "quorum",
                                "x-overflow", "reject-publish",
                                "x-max-length", maxLength));
        arguments.putAll(more);
        var _ = channel.queueDeclare(name, true, false, false, arguments);
    }
}
