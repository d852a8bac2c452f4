package io.sluice.channel;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Dispatches over Unix sockets, to every processor whose socket is in the directory. The links are
 * the event loop's; {@link #dispatch} runs on the caller's thread up to the reservation of credit.
 */
public final class UnixDispatcher implements Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(UnixDispatcher.class);

    /** More sockets than this are somebody's mistake. */
    private static final int MAX_PROCESSORS = 256;

    private final InstantSource clock;
    private final ChannelMetrics metrics;
    private final Pipeline pipeline;
    private final ProcessorPool pool = new ProcessorPool();
    private final ChannelLoop loop = new ChannelLoop("sluice-channel-edge");
    private final SocketWatch watch;
    private final Map<Path, ProcessorLink> links = new HashMap<>();
    private volatile boolean closed;

    private UnixDispatcher(
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock)
            throws IOException {
        this.clock = clock;
        metrics = new ChannelMetrics(registry, Transport.UNIX);
        pipeline =
                new Pipeline(
                        loop,
                        AllowedUids.of(properties.unix().allowedUids()),
                        Handshake.helloOf(identity),
                        properties.ping(),
                        metrics);
        watch =
                new SocketWatch(
                        SocketDirectory.open(properties.unix().directory()),
                        properties.ping().interval(),
                        (present, fresh) -> loop.run(() -> reconcile(present, fresh)));
    }

    /**
     * Starts to connect to the processors, those that are there and those that come.
     *
     * @param identity how this edge calls itself to them
     * @throws UncheckedIOException when the directory of the sockets can't be used
     */
    public static UnixDispatcher start(
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock) {
        try {
            UnixDispatcher dispatcher = new UnixDispatcher(properties, identity, registry, clock);
            dispatcher.metrics.watch(dispatcher);
            dispatcher.watch.start();
            return dispatcher;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "sluice.channel.unix.directory = %s: can't be used"
                            .formatted(properties.unix().directory()),
                    e);
        }
    }

    private void reconcile(Set<Path> present, Set<Path> fresh) {
        if (closed) {
            return;
        }
        links.entrySet()
                .removeIf(entry -> {
                    boolean gone = !present.contains(entry.getKey()) && !entry.getValue().isBusy();
                    if (gone) {
                        entry.getValue().end();
                    }
                    return gone;
                });
        for (Path socket : present) {
            ProcessorLink link = links.get(socket);
            if (link != null && fresh.contains(socket)) {
                link.connect();
            } else if (link == null && links.size() < MAX_PROCESSORS) {
                ProcessorLink made = new ProcessorLink(socket, loop.executor(), pipeline, pool);
                links.put(socket, made);
                made.connect();
            } else if (link == null) {
                log.warn("{} is ignored: more than {} processors", socket, MAX_PROCESSORS);
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
        if (closed) {
            sink.error(new JobReturned(Reason.CLOSED, "the dispatcher is closed"));
        } else if (!left.isPositive()) {
            sink.error(
                    new JobReturned(
                            Reason.DEADLINE, "the job's deadline passed before it was sent"));
        } else if (frame.getSerializedSize() > Frames.MAX_BYTES) {
            sink.error(
                    new IllegalArgumentException(
                            "job %s needs %d bytes, a frame has %d"
                                    .formatted(
                                            job.id(),
                                            frame.getSerializedSize(),
                                            Frames.MAX_BYTES)));
        } else {
            EdgeConnection connection = pool.reserve();
            if (connection == null) {
                sink.error(new JobReturned(Reason.NO_CREDIT, "no processor has room"));
            } else {
                connection.send(new DispatchedJob(job, frame, progress, sink, metrics), left);
            }
        }
    }

    @Override
    public int credit() {
        return pool.credit();
    }

    @Override
    public int processors() {
        return pool.size();
    }

    @Override
    public void onCredit(Runnable listener) {
        pool.onCredit(listener);
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
        loop.run(() -> links.values().forEach(ProcessorLink::end));
        loop.close();
    }
}
