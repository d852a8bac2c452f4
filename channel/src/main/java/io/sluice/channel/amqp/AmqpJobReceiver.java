package io.sluice.channel.amqp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.ReceivedJob;
import io.sluice.channel.Transport;
import io.sluice.channel.frame.Attempt;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.Frames;
import io.sluice.channel.frame.Mirror;
import io.sluice.model.wire.Frame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from RabbitMQ's queues, together with any other processor, and acknowledges each once
 * the broker has its answer. It works on while the broker is away, and answers when that is back.
 */
public final class AmqpJobReceiver implements JobReceiver {
    private static final Logger log = LoggerFactory.getLogger(AmqpJobReceiver.class);

    private final ChannelProperties.Ping ping;
    private final InstantSource clock;
    private final ChannelMetrics metrics;
    private final Peers peers;
    private final int slots;
    private final String instance;
    private final Topology topology;
    private final Frame hello;
    private final Broker broker;
    private final AmqpLoop loop = new AmqpLoop("sluice-amqp-processor");
    private final Outbox outbox;
    private final Shares shares;
    private final CountDownLatch drained = new CountDownLatch(1);
    private @Nullable Workbench workbench; // set before anything is heard
    private @Nullable Inbox jobs; // guarded by this
    private @Nullable Inbox mailbox; // guarded by this
    private @Nullable Delivery latest; // the loop's
    private boolean draining; // the loop's
    private boolean isClosed; // guarded by this

    /**
     * Does nothing yet.
     *
     * @param identity how this processor calls itself to the edges
     * @param slots jobs it can work on at once, 1 to 4096
     */
    public AmqpJobReceiver(
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock,
            int slots) {
        if (slots < 1 || slots > Frames.MAX_CREDIT) {
            throw new IllegalArgumentException(
                    "slots = %d: must be 1 to %d".formatted(slots, Frames.MAX_CREDIT));
        }
        ping = properties.ping();
        this.clock = clock;
        this.slots = slots;
        metrics = new ChannelMetrics(registry, Transport.AMQP, properties.group());
        instance = Instances.of(identity);
        topology = new Topology(properties.amqp());
        peers = new Peers(metrics, Mirror.off(), topology::edge);
        hello = Frames.hello(identity, properties.capabilities());
        broker =
                new Broker(
                        properties,
                        "sluice " + instance,
                        topology.processor(instance),
                        topology.processors());
        outbox = new Outbox(broker, instance, peers, new Reconnection());
        shares = new Shares(slots, ping.timeout().toNanos(), this::announce);
    }

    private void announce(String edge, int allowance) {
        if (!draining && outbox.isUp()) {
            outbox.post(Mail.to(topology.edge(edge), Frames.credit(allowance)));
        }
    }

    @Override
    public synchronized void start(Consumer<ReceivedJob> handler) {
        if (workbench != null) {
            throw new IllegalStateException("the receiver is started already");
        }
        Workbench bench =
                new Workbench(
                        slots,
                        new Workbench.Place(shares, outbox, loop, clock),
                        handler,
                        this::checkDrained);
        workbench = bench;
        jobs =
                Inbox.acknowledging(
                        broker.connections(),
                        instance,
                        topology.jobQueues(),
                        slots,
                        delivery -> loop.run(() -> take(bench, peers.read(delivery))));
        mailbox =
                Inbox.ofMailbox(
                        broker.connections(),
                        topology.processor(instance),
                        mail -> loop.run(() -> hear(bench, peers.read(mail))));
        outbox.start();
        mailbox.start();
        jobs.start();
        loop.every(ping.interval(), () -> beat(bench));
        log.atInfo().addKeyValue("processor", instance).log("taking jobs from the broker");
    }

    private final class Reconnection implements Outbox.Listener {
        private boolean hasConnected; // the outbox's thread's

        @Override
        public void up() {
            log.info("connected to the broker");
            if (hasConnected) {
                metrics.reconnected();
            }
            hasConnected = true;
            loop.run(() -> {
                shares.beginAnew();
                sayAlive();
            });
        }

        @Override
        public void down() {
            log.info("no connection to the broker: answers wait until there is one");
        }
    }

    private void beat(Workbench bench) {
        if (outbox.isUp()) {
            sayAlive();
            for (String edge : shares.silent()) {
                log.atWarn().addKeyValue("edge", edge).log("edge lost: not heard of");
                leave(bench, edge);
            }
        } else {
            shares.beginAnew();
        }
    }

    private void sayAlive() {
        outbox.post(
                Mail.toAll(topology.edges(), draining ? Frames.ping(0) : hello, ping.timeout()));
    }

    private void take(Workbench bench, Delivery delivery) {
        latest = delivery;
        bench.take(delivery);
    }

    private void hear(Workbench bench, Delivery mail) {
        try {
            hear(bench, mail.sender(), mail.frame());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            metrics.frameRefused();
            log.atWarn()
                    .addKeyValue("size", mail.body().size())
                    .log("a message that makes no sense is ignored: {}", e.getMessage());
        }
    }

    private void hear(Workbench bench, String sender, Frame frame) {
        if (!Instances.isName(sender)) {
            throw new IllegalArgumentException("without its sender's name");
        }
        switch (frame.getKindCase()) {
            case HELLO -> greet(sender, Greeting.identity(sender, frame.getHello()));
            case GO_AWAY -> {
                log.atInfo().addKeyValue("edge", sender).log("edge going away");
                leave(bench, sender);
            }
            case CANCEL -> {
                var cancel = frame.getCancel();
                bench.cancel(new Attempt(cancel.getJob(), cancel.getAttempt()));
            }
            case CREDIT, JOB, ACCEPTED, PROGRESS, RESULT, PING, PONG, KIND_NOT_SET ->
                    throw new IllegalArgumentException(frame.getKindCase() + ", no edge's");
        }
    }

    private void leave(Workbench bench, String edge) {
        bench.leave(edge);
        peers.leave(edge);
    }

    private void greet(String sender, String identity) {
        if (draining) {
            shares.heardOf(sender);
        } else {
            outbox.post(Mail.to(topology.edge(sender), hello));
            if (shares.join(sender) == null) {
                log.atWarn().addKeyValue("edge", sender).log("an edge too many is ignored");
            } else {
                peers.join(sender, identity, () -> 0);
            }
            shares.announce(sender);
        }
    }

    private void checkDrained() {
        if (draining && (workbench == null || workbench.isIdle())) {
            drained.countDown();
        }
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        loop.run(this::beginDrain);
        boolean isDrained = drained.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (isDrained) {
            log.atInfo().addKeyValue("processor", instance).log("drained");
        } else {
            log.atWarn()
                    .addKeyValue("processor", instance)
                    .log("not drained: jobs are still in hand after {}", timeout);
        }
        return isDrained;
    }

    private void beginDrain() {
        if (!draining) {
            draining = true;
            stopConsuming();
            outbox.post(
                    Mail.toAll(
                            topology.edges(),
                            Frames.goAway("the processor stops"),
                            ping.timeout()));
            if (workbench != null) {
                workbench.drain();
            }
        }
        checkDrained();
    }

    /** Not by closing the inbox, which would have the broker give others what is in hand. */
    private void stopConsuming() {
        Delivery over = latest;
        Inbox inbox = jobs;
        if (over != null && inbox != null) {
            topology.jobQueues().forEach(queue -> over.cancelConsumer(inbox.consumerTag(queue)));
        }
    }

    @Override
    public void close() {
        List<Inbox> open;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            open = jobs == null || mailbox == null ? List.of() : List.of(jobs, mailbox);
        }
        loop.run(() -> {
            beginDrain();
            if (workbench != null) {
                workbench.giveAllUp();
            }
        });
        loop.settle();
        outbox.flush();
        loop.settle();
        open.forEach(Inbox::close);
        loop.run(peers::close);
        loop.settle();
        outbox.close();
        loop.close();
        broker.close();
    }
}
