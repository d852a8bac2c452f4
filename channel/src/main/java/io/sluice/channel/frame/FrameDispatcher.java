package io.sluice.channel.frame;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.Capability;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReturned;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Dispatches over a stream transport, to every processor that it names. The links are the event
 * loop's; {@link #dispatch} runs on the caller's thread up to the reservation of credit.
 */
public final class FrameDispatcher implements Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(FrameDispatcher.class);

    /** More addresses than this are somebody's mistake. */
    private static final int MAX_PROCESSORS = 256;

    private final EdgeTransport transport;
    private final int connections;
    private final InstantSource clock;
    private final ChannelMetrics metrics;
    private final Mirror mirror;
    private final Pipeline pipeline;
    private final ProcessorPool pool = new ProcessorPool();
    private final ChannelLoop loop;
    private final Map<String, List<ProcessorLink>> links = new HashMap<>();
    private volatile boolean closed;

    private FrameDispatcher(
            EdgeTransport transport,
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock,
            Mirror mirror) {
        this.transport = transport;
        this.connections = properties.connections();
        this.clock = clock;
        Frame hello = Handshake.helloOf(identity, Set.of());
        metrics = new ChannelMetrics(registry, transport.kind(), properties.group());
        this.mirror = mirror;
        loop = new ChannelLoop("sluice-channel-edge", transport.ioHandler());
        pipeline =
                new Pipeline(
                        loop,
                        transport::guard,
                        transport::translate,
                        hello,
                        properties.ping(),
                        metrics,
                        mirror);
    }

    /**
     * Starts to connect to the processors, those that are there and those that come.
     *
     * @param transport of its own, closed with it
     * @param identity how this edge calls itself to them
     * @param mirror that shows its messages, closed with it
     * @throws IOException when the transport can't look for processors
     */
    public static FrameDispatcher start(
            EdgeTransport transport,
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock,
            Mirror mirror)
            throws IOException {
        FrameDispatcher dispatcher =
                new FrameDispatcher(transport, properties, identity, registry, clock, mirror);
        try {
            transport.watch((present, fresh) ->
                    dispatcher.loop.run(() -> dispatcher.reconcile(present, fresh)));
        } catch (IOException | RuntimeException e) {
            dispatcher.close();
            throw e;
        }
        dispatcher.metrics.watch(dispatcher);
        return dispatcher;
    }

    private void reconcile(Set<String> present, Set<String> fresh) {
        if (closed) {
            return;
        }
        links.entrySet().removeIf(entry -> !present.contains(entry.getKey()) && end(entry));
        for (String address : present) {
            List<ProcessorLink> known = links.get(address);
            if (known != null && fresh.contains(address)) {
                known.forEach(ProcessorLink::connect);
            } else if (known == null && links.size() < MAX_PROCESSORS) {
                links.put(address, connect(address));
            } else if (known == null) {
                log.warn("{} is ignored: more than {} processors", address, MAX_PROCESSORS);
            }
        }
    }

    private static boolean end(Map.Entry<String, List<ProcessorLink>> gone) {
        if (gone.getValue().stream().anyMatch(ProcessorLink::isBusy)) {
            return false;
        }
        gone.getValue().forEach(ProcessorLink::end);
        return true;
    }

    private List<ProcessorLink> connect(String address) {
        List<ProcessorLink> made = new ArrayList<>(connections);
        for (int i = 0; i < connections; i++) {
            ProcessorLink link = new ProcessorLink(address, transport, pipeline, pool);
            made.add(link);
            link.connect();
        }
        return made;
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
        long left = job.deadline().toEpochMilli() - clock.millis();
        Frame frame = Frame.newBuilder().setJob(Wire.encode(job)).build();
        if (closed) {
            sink.error(new JobReturned(Reason.CLOSED, "the dispatcher is closed"));
        } else if (left <= 0) {
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
            EdgeConnection connection = pool.reserve(Capability.neededFor(job));
            if (connection == null) {
                sink.error(
                        new JobReturned(Reason.NO_CREDIT, "no processor that can do it has room"));
            } else {
                DispatchedJob out =
                        new DispatchedJob(
                                frame,
                                TimeUnit.MILLISECONDS.toNanos(left),
                                progress,
                                sink,
                                connection.meter().begin());
                if (connection.takesDescriptors()) {
                    open(job, out);
                }
                connection.send(out);
            }
        }
    }

    private void open(Job job, DispatchedJob out) {
        try {
            out.pass(transport.open(job));
        } catch (IOException e) {
            log.atWarn().addKeyValue("job", out.attempt()).setCause(e).log("no descriptor left");
            out.giveBack(Reason.NO_CREDIT, "no descriptor is left for its original");
        }
    }

    @Override
    public int credit() {
        return pool.credit();
    }

    @Override
    public int credit(Job.Kind kind) {
        return pool.credit(Capability.of(kind));
    }

    @Override
    public int processors() {
        return pool.processors();
    }

    @Override
    public void onCredit(Runnable listener) {
        pool.onCredit(listener);
    }

    @Override
    public void close() {
        closed = true;
        loop.run(() -> links.values().forEach(made -> made.forEach(ProcessorLink::end)));
        loop.close();
        transport.close();
        mirror.close();
    }
}
