package io.sluice.channel.amqp;

import com.google.protobuf.ByteString;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.channel.amqp.Mail.Settlement;
import io.sluice.channel.frame.Backoff;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.integration.amqp.outbound.AmqpOutboundEndpoint;
import org.springframework.integration.context.IntegrationContextUtils;
import org.springframework.integration.expression.FunctionExpression;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Publishes mail in the order in which it was posted, and tells what became of each. One thread
 * with one channel does it, as only that keeps the order; it connects again, with growing pauses,
 * for as long as this is open. Posting never waits.
 */
final class Outbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** What is posted while the broker is away or slow; more is refused. */
    private static final int CAPACITY = 16_384;

    private static final long STOP_TIMEOUT_MS = 5_000;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final BlockingQueue<Mail> waiting = new LinkedBlockingQueue<>(CAPACITY);
    private final Broker broker;
    private final RabbitTemplate template;
    private final AmqpOutboundEndpoint endpoint;
    private final Peers peers;
    private final Listener listener;
    private final Thread thread;
    private final Mail wake;
    private volatile boolean up;
    private volatile boolean closed;

    /** Hears of the connection, on the outbox's thread. */
    interface Listener {
        /** There is one; what was published before it may be lost or not. */
        void up();

        /** There is none for now. */
        void down();
    }

    Outbox(Broker broker, String sender, Peers peers, Listener listener) {
        this.broker = broker;
        this.peers = peers;
        this.listener = listener;
        template = new RabbitTemplate(broker.connections());
        template.setUsePublisherConnection(true);
        template.setMandatory(true);
        template.setReturnsCallback(returned ->
                log.debug("no queue {}: {}", returned.getRoutingKey(), returned.getReplyText()));
        template.setMessageConverter(new RawConverter(sender));
        endpoint = endpoint(template);
        wake = Mail.raw("", ByteString.EMPTY); // to a queue that can't be: it is returned
        thread = Thread.ofPlatform().name("sluice-amqp-" + sender).daemon().unstarted(this::run);
        broker.connections()
                .addConnectionListener(
                        new ConnectionListener() {
                            @Override
                            public void onCreate(@Nullable Connection connection) {}

                            @Override
                            public void onClose(Connection connection) {
                                var _ = waiting.offer(wake);
                            }

                            @Override
                            public void onShutDown(ShutdownSignalException signal) {
                                var _ = waiting.offer(wake);
                            }
                        });
    }

    private static AmqpOutboundEndpoint endpoint(RabbitTemplate template) {
        AmqpOutboundEndpoint made = new AmqpOutboundEndpoint(template);
        made.setExchangeNameExpression(
                new FunctionExpression<Message<Mail>>(mail -> mail.getPayload().exchange()));
        made.setRoutingKeyExpression(
                new FunctionExpression<Message<Mail>>(mail -> mail.getPayload().routingKey()));
        made.setBeanFactory(
                new StaticListableBeanFactory(
                        Map.of(
                                IntegrationContextUtils.INTEGRATION_EVALUATION_CONTEXT_BEAN_NAME,
                                new StandardEvaluationContext())));
        made.afterPropertiesSet();
        return made;
    }

    void start() {
        thread.start();
    }

    /** Whether there is a connection. */
    boolean isUp() {
        return up;
    }

    /** Has it published, now or once there is a connection. */
    void post(Mail mail) {
        if (closed || !waiting.offer(mail)) {
            mail.settled().accept(Settlement.UNCERTAIN);
        }
    }

    private void run() {
        int failures = 0;
        while (!closed) {
            try {
                boolean hasConnected = template.invoke(this::publishWhileConnected);
                failures = hasConnected ? 0 : failures;
            } catch (RuntimeException e) {
                // Whatever it is, only another connection can help.
                log.warn("no connection to the broker: {}", String.valueOf(e.getMessage()));
                log.debug("no connection to the broker", e);
            }
            pause(failures++);
        }
    }

    private boolean publishWhileConnected(RabbitOperations channel) {
        up = true;
        listener.up();
        try {
            while (!closed && Boolean.TRUE.equals(channel.execute(Channel::isOpen))) {
                publish(waiting.take());
            }
        } catch (InterruptedException e) {
            log.debug("the outbox is closed", e);
        } catch (RuntimeException e) {
            log.info("the connection to the broker broke: {}", String.valueOf(e.getMessage()));
        } finally {
            up = false;
            listener.down();
        }
        return true;
    }

    private void publish(Mail mail) {
        if (mail.equals(wake)) {
            return;
        }
        CorrelationData correlation = new CorrelationData();
        var _ =
                correlation
                        .getFuture()
                        .whenComplete((confirm, failure) ->
                                mail.settled().accept(settlement(correlation, confirm, failure)));
        try {
            endpoint.handleMessage(
                    MessageBuilder.withPayload(mail)
                            .setHeader(AmqpHeaders.PUBLISH_CONFIRM_CORRELATION, correlation)
                            .build());
            peers.written(mail);
        } catch (RuntimeException e) {
            correlation.getFuture().completeExceptionally(e);
            throw e;
        }
    }

    private static Settlement settlement(
            CorrelationData correlation,
            CorrelationData.@Nullable Confirm confirm,
            @Nullable Throwable failure) {
        if (failure != null || confirm == null || !confirm.ack()) {
            return Settlement.UNCERTAIN;
        }
        return correlation.getReturned() == null ? Settlement.DELIVERED : Settlement.UNROUTABLE;
    }

    private void pause(int failures) {
        try {
            // Never without any: a connection that breaks at once must not keep a core busy.
            long pause = Math.max(1, Backoff.RECONNECT.after(failures).toMillis());
            if (stop.await(pause, TimeUnit.MILLISECONDS)) {
                log.debug("the outbox is closed");
            }
        } catch (InterruptedException e) {
            log.debug("the outbox is closed", e);
        }
    }

    /** Waits until the broker has what was posted before, if there is one. */
    void flush() {
        CountDownLatch last = new CountDownLatch(1);
        if (up) {
            post(wake.then(_ -> last.countDown()));
            try {
                if (!last.await(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                    log.warn("the broker did not take everything within {} ms", STOP_TIMEOUT_MS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Publishes nothing more. What was not published is uncertain. */
    @Override
    public void close() {
        closed = true;
        stop.countDown();
        thread.interrupt();
        try {
            thread.join(STOP_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Mail mail = waiting.poll(); mail != null; mail = waiting.poll()) {
            mail.settled().accept(Settlement.UNCERTAIN);
        }
        broker.forget();
    }
}
