package io.sluice.channel.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.sluice.channel.contract.Waiting;
import io.sluice.channel.frame.Attempt;
import io.sluice.channel.frame.Frames;
import io.sluice.model.Job;
import io.sluice.model.wire.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A processor by the book of the protocol's page, without any of this project's transport. */
final class ForeignProcessor implements AutoCloseable {
    private static final String NAME = "foreign.1";

    private final Topology topology;
    private final Connection connection;
    private final Channel channel;

    ForeignProcessor(RabbitBroker broker, Topology topology) throws Exception {
        this.topology = topology;
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.uri());
        connection = factory.newConnection();
        channel = connection.createChannel();
        topology.declare(channel, topology.processor(NAME), topology.processors());
    }

    /** Tells every edge who it is. */
    void greet(String identity) throws IOException {
        publish(topology.edges(), "", Frames.hello(identity));
    }

    /** Tells every edge that it is there, and how many jobs each may send. */
    void announce(int credit) throws IOException {
        greet("foreign");
        publish(topology.edges(), "", Frames.credit(credit));
    }

    private void publish(String exchange, String key, Frame frame) throws IOException {
        channel.basicPublish(
                exchange,
                key,
                new BasicProperties.Builder().appId(NAME).build(),
                frame.toByteArray());
    }

    /** Anything at all, to those who take jobs. */
    void publishToProcessors(byte[] body) throws IOException {
        channel.basicPublish(
                topology.jobs(), Topology.word(Job.Kind.PROCESS), new BasicProperties(), body);
    }

    /** The next message of the jobs' queue; not acknowledged. */
    GetResponse take() {
        return next(topology.jobs(Job.Kind.PROCESS));
    }

    /** The next message of any queue. */
    GetResponse next(String queue) {
        AtomicReference<GetResponse> taken = new AtomicReference<>();
        Waiting.until(() -> {
            taken.set(channel.basicGet(queue, false));
            return taken.get() != null;
        });
        return taken.get();
    }

    /** What edges have said to it. */
    List<Frame.KindCase> heard() throws IOException {
        List<Frame.KindCase> heard = new ArrayList<>();
        String mailbox = topology.processor(NAME);
        for (var mail = channel.basicGet(mailbox, true);
                mail != null;
                mail = channel.basicGet(mailbox, true)) {
            heard.add(Frame.parseFrom(mail.getBody()).getKindCase());
        }
        return heard;
    }

    void accept(GetResponse delivery) throws IOException {
        var job = Frame.parseFrom(delivery.getBody()).getJob();
        publish(
                "",
                delivery.getProps().getReplyTo(),
                Frames.accepted(new Attempt(job.getId(), job.getAttempt())));
    }

    /** Gives it to the next consumer, as a connection that breaks would. */
    void putBack(GetResponse delivery) throws IOException {
        channel.basicNack(delivery.getEnvelope().getDeliveryTag(), false, true);
    }

    /** Without a word. */
    void vanish() {
        connection.abort();
    }

    @Override
    public void close() {
        connection.abort();
    }
}
