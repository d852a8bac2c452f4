package io.sluice.channel.amqp;

import com.google.protobuf.ByteString;
import com.rabbitmq.client.Channel;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.rabbit.connection.ChannelProxy;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.integration.amqp.inbound.AmqpInboundChannelAdapter;
import org.springframework.integration.channel.FixedSubscriberChannel;
import org.springframework.messaging.Message;
import org.springframework.util.backoff.ExponentialBackOff;

/** Consumes queues for as long as it is open, over as many connections as that takes. */
final class Inbox implements AutoCloseable {
    private static final int SHUTDOWN_TIMEOUT_MS = 2_000;

    /** How soon a consumer notices that it is to stop. */
    private static final int RECEIVE_TIMEOUT_MS = 200;

    private final String name;
    private final SimpleMessageListenerContainer container;
    private final AmqpInboundChannelAdapter adapter;

    private Inbox(
            String name, SimpleMessageListenerContainer container, Consumer<Delivery> handler) {
        this.name = name;
        this.container = container;
        container.setTaskExecutor(new SimpleAsyncTaskExecutor(name + '-'));
        container.setConsumerTagStrategy(this::consumerTag);
        container.setMissingQueuesFatal(false);
        container.setShutdownTimeout(SHUTDOWN_TIMEOUT_MS);
        container.setReceiveTimeout(RECEIVE_TIMEOUT_MS);
        container.setRecoveryBackOff(backOff());
        adapter = new AmqpInboundChannelAdapter(container);
        adapter.setMessageConverter(new RawConverter(name));
        adapter.setBindSourceMessage(true);
        adapter.setBeanFactory(new StaticListableBeanFactory());
        adapter.setOutputChannel(
                new FixedSubscriberChannel(message -> handler.accept(delivery(message))));
        adapter.afterPropertiesSet();
    }

    private static ExponentialBackOff backOff() {
        ExponentialBackOff pauses = new ExponentialBackOff(100, 2);
        pauses.setMaxInterval(5_000);
        return pauses;
    }

    /** Whose deliveries need no acknowledgement: they are lost with this end anyway. */
    static Inbox ofMailbox(
            ConnectionFactory connections, String queue, Consumer<Delivery> handler) {
        var container = new SimpleMessageListenerContainer(connections);
        container.setQueueNames(queue);
        return new Inbox(queue, container, handler);
    }

    /** Whose deliveries the broker keeps until each is acknowledged. */
    static Inbox acknowledging(
            ConnectionFactory connections,
            String name,
            List<String> queues,
            int prefetch,
            Consumer<Delivery> handler) {
        var container = new SimpleMessageListenerContainer(connections);
        container.setQueueNames(queues.toArray(String[]::new));
        container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
        container.setPrefetchCount(prefetch);
        return new Inbox(name, container, handler);
    }

    private static Delivery delivery(Message<?> message) {
        ByteString body = ByteString.copyFrom((byte[]) message.getPayload());
        var source =
                Objects.requireNonNull(
                        message.getHeaders()
                                .get(
                                        IntegrationMessageHeaderAccessor.SOURCE_DATA,
                                        org.springframework.amqp.core.Message.class));
        return new Delivery(
                body,
                source.getMessageProperties(),
                physical(message.getHeaders().get(AmqpHeaders.CHANNEL, Channel.class)));
    }

    /** Not the proxy, which may use another one later, where the delivery's tag is another's. */
    private static @Nullable Channel physical(@Nullable Channel channel) {
        return channel instanceof ChannelProxy proxy ? proxy.getTargetChannel() : channel;
    }

    /** How the broker calls the consumer of a queue. */
    String consumerTag(String queue) {
        return name + ':' + queue;
    }

    void start() {
        adapter.start();
    }

    /** Ends; the broker delivers again, to others, what was not acknowledged. */
    @Override
    public void close() {
        adapter.stop();
        container.destroy();
    }
}
