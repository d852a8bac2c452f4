package io.sluice.benchmarks.channel;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the broker itself reaches: the client publishes to one quorum queue and consumes another,
 * with confirms and acknowledgements as {@code amqp} has them, and nothing above. Replies come in
 * the order of the requests.
 */
final class Broker implements Carrier {
    private static final String REQUESTS = "bench.requests";
    private static final String REPLIES = "bench.replies";

    private static Channel open(Path directory) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(RabbitMq.uri(directory));
        Connection connection = factory.newConnection();
        Channel channel = connection.createChannel();
        for (String queue : new String[] {REQUESTS, REPLIES}) {
            var _ =
                    channel.queueDeclare(
                            queue, true, false, false, Map.of("x-queue-type", "quorum"));
        }
        channel.basicQos(1024);
        var _ = channel.confirmSelect();
        return channel;
    }

    private static void publish(Channel channel, String queue, byte[] body) throws IOException {
        AMQP.BasicProperties persistent = MessageProperties.MINIMAL_PERSISTENT_BASIC;
        channel.basicPublish("", queue, persistent, body);
    }

    private static void end(Channel channel) {
        try {
            channel.getConnection().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Runnable respond(Path directory) throws Exception {
        Channel channel = open(directory);
        var _ =
                channel.basicConsume(
                        REQUESTS,
                        false,
                        (_, request) -> {
                            publish(channel, REPLIES, request.getBody());
                            channel.basicAck(request.getEnvelope().getDeliveryTag(), false);
                        },
                        _ -> {});
        return () -> end(channel);
    }

    @Override
    public Exchange exchange(Path directory) throws Exception {
        Channel publisher = open(directory);
        Channel consumer = open(directory);
        Queue<Exchange.Reply> waiting = new ConcurrentLinkedQueue<>();
        byte[] request = new byte[Exchange.BYTES];
        var _ =
                consumer.basicConsume(
                        REPLIES,
                        false,
                        (_, reply) -> {
                            consumer.basicAck(reply.getEnvelope().getDeliveryTag(), false);
                            waiting.remove().came();
                        },
                        _ -> {});
        return new Exchange() {
            @Override
            public synchronized void send(Reply reply) {
                waiting.add(reply);
                try {
                    publish(publisher, REQUESTS, request);
                } catch (IOException e) {
                    reply.failed(e);
                }
            }

            @Override
            public void close() {
                end(publisher);
                end(consumer);
            }
        };
    }
}
