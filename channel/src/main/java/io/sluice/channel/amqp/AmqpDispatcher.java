package io.sluice.channel.amqp;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReturned;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.Transport;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.Frames;
import io.sluice.channel.frame.Mirror;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Dispatches through RabbitMQ, to whichever processor takes a job first. It gives the broker no
 * more jobs than the processors have allowed it, so that what waits, waits in the edge's own queue.
 * Without a broker there is no credit; what is out stays out until its deadline, as it may be in
 * somebody's hands.
 */
public final class AmqpDispatcher implements Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(AmqpDispatcher.class);
    private static final int RETURNS_AT_ONCE = 32;

    private final ChannelProperties.Ping ping;
    private final InstantSource clock;
    private final ChannelMetrics metrics;
    private final Peers peers;
    private final String mailbox;
    private final Frame hello;
    private final Broker broker;
    private final Topology topology;
    private final AmqpLoop loop;
    private final Outbox outbox;
    private final Outstanding outstanding;
    private final List<Inbox> inboxes;
    private final List<Runnable> creditListeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private AmqpDispatcher(
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock,
            Mirror mirror) {
        this.clock = clock;
        ping = properties.ping();
        hello = Frames.hello(identity);
        metrics = new ChannelMetrics(registry, Transport.AMQP, properties.group());
        String instance = Instances.of(identity);
        topology = new Topology(properties.amqp());
        peers = new Peers(metrics, mirror, topology::processor);
        mailbox = topology.edge(instance);
        broker = new Broker(properties, "sluice " + instance, mailbox, topology.edges());
        loop = new AmqpLoop("sluice-amqp-edge");
        outbox = new Outbox(broker, instance, peers, new Reconnection());
        outstanding =
                new Outstanding(
                        new Roster(ping, peers), outbox, topology, peers, hello, this::creditGrew);
        Returns returns = new Returns(topology, outbox, loop);
        inboxes =
                List.of(
                        Inbox.ofMailbox(
                                broker.connections(),
                                mailbox,
                                mail -> loop.run(() -> outstanding.hear(peers.read(mail)))),
                        Inbox.acknowledging(
                                broker.connections(),
                                instance,
                                List.of(topology.returned()),
                                RETURNS_AT_ONCE,
                                mail -> loop.run(() -> returns.hear(peers.read(mail)))));
    }

    /**
     * Starts to connect to the broker, and keeps at it.
     *
     * @param identity how this edge calls itself to the processors
     * @param mirror that shows its messages, closed with it
     */
    public static AmqpDispatcher start(
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock,
            Mirror mirror) {
        AmqpDispatcher dispatcher =
                new AmqpDispatcher(properties, identity, registry, clock, mirror);
        dispatcher.outbox.start();
        dispatcher.inboxes.forEach(Inbox::start);
        dispatcher.loop.every(dispatcher.ping.interval(), dispatcher::beat);
        dispatcher.metrics.watch(dispatcher);
        return dispatcher;
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
                outstanding.roster().beginAnew();
                sayHello();
                creditGrew();
            });
        }

        @Override
        public void down() {
            log.info("no connection to the broker: no credit until there is one");
        }
    }

    private void beat() {
        if (outbox.isUp()) {
            sayHello();
            outstanding.expire();
        } else {
            outstanding.roster().beginAnew();
        }
    }

    private void sayHello() {
        if (!closed) {
            outbox.post(Mail.toAll(topology.processors(), hello, ping.timeout()));
        }
    }

    /** On the loop, so that no Hello comes after it: that would take room from other edges. */
    private void sayGoodbye() {
        outstanding.giveAllBack(Reason.CLOSED, "the dispatcher is closed");
        outbox.post(
                Mail.toAll(topology.processors(), Frames.goAway("the edge stops"), ping.timeout()));
    }

    private void creditGrew() {
        for (Runnable listener : creditListeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                log.error("credit listener failed", e);
            }
        }
    }

    @Override
    public Mono<JobOutcome> dispatch(Job job) {
        return dispatch(job, _ -> {});
    }

    @Override
    public Mono<JobOutcome> dispatch(Job job, Consumer<String> progress) {
        return Mono.create(sink -> send(job, progress, sink));
    }

    private void send(Job job, Consumer<String> progress, MonoSink<JobOutcome> sink) {
        Duration left = Duration.between(clock.instant(), job.deadline());
        Frame frame = Frame.newBuilder().setJob(Wire.encode(job)).build();
        int size = frame.getSerializedSize();
        if (closed) {
            sink.error(new JobReturned(Reason.CLOSED, "the dispatcher is closed"));
        } else if (!left.isPositive()) {
            sink.error(
                    new JobReturned(
                            Reason.DEADLINE, "the job's deadline passed before it was sent"));
        } else if (size > Frames.MAX_BYTES) {
            sink.error(
                    new IllegalArgumentException(
                            "job %s needs %d bytes, a frame has %d"
                                    .formatted(job.id(), size, Frames.MAX_BYTES)));
        } else if (!outbox.isUp() || !outstanding.reserve()) {
            sink.error(new JobReturned(Reason.NO_CREDIT, "no processor has room"));
        } else {
            OutstandingJob made = new OutstandingJob(job, sink, progress, peers.begin());
            loop.run(() -> publish(made, job.kind(), frame, left));
            made.onCancel(() -> loop.run(() -> outstanding.cancel(made)));
        }
    }

    private void publish(OutstandingJob job, Job.Kind kind, Frame frame, Duration left) {
        if (closed) {
            outstanding.unreserve();
            job.giveBack(Reason.CLOSED, "the dispatcher is closed");
        } else if (outstanding.add(job)) {
            job.timer(loop.after(left, () -> expire(job)));
            outbox.post(
                    Mail.job(topology.jobs(), Topology.word(kind), frame, mailbox, left)
                            .then(settled -> loop.run(() -> outstanding.published(job, settled))));
        }
    }

    private void expire(OutstandingJob job) {
        outstanding.giveUp(job, Reason.DEADLINE, "no outcome until the job's deadline");
        // A job that nobody has taken is dropped by the broker, which tells so; if not, it is lost.
        job.timer(loop.after(ping.timeout(), () -> outstanding.forgetUnlessTaken(job)));
    }

    @Override
    public int credit() {
        return outbox.isUp() && !closed ? outstanding.credit() : 0;
    }

    @Override
    public int processors() {
        return outstanding.roster().ready();
    }

    @Override
    public void onCredit(Runnable listener) {
        creditListeners.add(listener);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.run(this::sayGoodbye);
        loop.settle();
        outbox.flush();
        loop.settle();
        inboxes.forEach(Inbox::close);
        loop.run(peers::close);
        loop.settle();
        outbox.close();
        loop.close();
        broker.close();
    }
}
