package io.sluice.channel.amqp;

import com.rabbitmq.client.Channel;
import io.sluice.channel.AmqpProperties;
import io.sluice.channel.ChannelProperties;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpIOException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionListener;

/**
 * The connections of one end to RabbitMQ: one to publish, which the broker may slow down, and one
 * to consume. Nothing is used on either before the topology is declared on it.
 */
final class Broker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Broker.class);
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private final CachingConnectionFactory connections;
    private final AmqpProperties settings;
    private final Topology topology;
    private final String mailbox;

    /**
     * Connects nowhere yet.
     *
     * @param name that the broker lists the connections under
     * @param mailbox the end's own queue
     * @param audience the exchange of what all ends of its kind are to hear
     */
    Broker(ChannelProperties properties, String name, String mailbox, String audience) {
        settings = properties.amqp();
        topology = new Topology(settings);
        this.mailbox = mailbox;
        connections = new CachingConnectionFactory(client(properties));
        connections.setConnectionNameStrategy(_ -> name);
        connections.setPublisherConfirmType(ConfirmType.CORRELATED);
        connections.setPublisherReturns(true);
        connections.addConnectionListener(new Declaring(audience));
    }

    private static com.rabbitmq.client.ConnectionFactory client(ChannelProperties properties) {
        AmqpProperties settings = properties.amqp();
        var client = new com.rabbitmq.client.ConnectionFactory();
        try {
            client.setUri(settings.uri());
            if (settings.isEncrypted()) {
                // The URI alone would encrypt, but trust everybody.
                client.useSslProtocol(BrokerTls.of(settings));
                client.enableHostnameVerification();
            }
        } catch (URISyntaxException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "sluice.channel.amqp: %s can't be used".formatted(settings.address()), e);
        }
        if (settings.username() != null) {
            client.setUsername(settings.username());
        }
        String secret = settings.secret();
        if (secret != null) {
            client.setPassword(secret);
        }
        client.setAutomaticRecoveryEnabled(false);
        client.setConnectionTimeout(CONNECT_TIMEOUT_MS);
        client.setRequestedHeartbeat((int) Math.max(1, properties.ping().timeout().toSeconds()));
        return client;
    }

    CachingConnectionFactory connections() {
        return connections;
    }

    Topology topology() {
        return topology;
    }

    /** Deletes the end's own mailbox, if the broker is there. */
    void forget() {
        try (Connection connection = connections.createConnection();
                Channel channel = connection.createChannel(false)) {
            var _ = channel.queueDelete(mailbox);
        } catch (RuntimeException | IOException | TimeoutException e) {
            log.debug("the mailbox stays until it expires", e);
        }
    }

    @Override
    public void close() {
        connections.destroy();
    }

    private final class Declaring implements ConnectionListener {
        private final String audience;

        Declaring(String audience) {
            this.audience = audience;
        }

        @Override
        public void onCreate(@Nullable Connection connection) {
            if (connection == null) {
                return; // never, though the signature allows it
            }
            try (Channel channel = connection.createChannel(false)) {
                topology.declare(channel, mailbox, audience);
            } catch (IOException | TimeoutException e) {
                log.error(
                        "the queues can't be declared at {}: if one exists with other arguments,"
                                + " delete it, or set the sluice.channel.amqp.max-length and"
                                + " .delivery-limit that it has",
                        settings.address(),
                        e);
                connection.close();
                throw new AmqpIOException(new IOException("the queues can't be declared", e));
            }
        }
    }
}
