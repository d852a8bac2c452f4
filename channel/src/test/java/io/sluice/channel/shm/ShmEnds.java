package io.sluice.channel.shm;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Settings;
import io.sluice.channel.directory.ProcessorDirectory;
import io.sluice.channel.group.Channels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ends of the shared-memory transport in one directory, with the smallest rings. */
public final class ShmEnds implements Ends {
    private final ChannelProperties properties;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    public ShmEnds(Path directory, ChannelProperties.Ping ping, Integer... allowedUids) {
        properties =
                Settings.bind(
                        ping,
                        Map.of(
                                "transport",
                                "shm",
                                "shm.ring-size",
                                "128KB",
                                "unix.directory",
                                directory.toString(),
                                "unix.allowed-uids",
                                Stream.of(allowedUids)
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(","))));
    }

    @Override
    public Dispatcher dispatcher() {
        return keep(Channels.dispatcher(properties, "edge", meters, Jobs.CLOCK));
    }

    @Override
    public JobReceiver receiver(String name, int slots) {
        return keep(Channels.receiver(properties, name, meters, Jobs.CLOCK, slots));
    }

    @Override
    public RawPeer rawEdge(String receiver) throws IOException {
        return keep(new RawPeer(RawRings.connect(socket(receiver), Segment.MIN_RING)));
    }

    @Override
    public RawListener rawProcessor(String name) throws IOException {
        RawListener listener = keep(RawRings.listen(properties.unix(), name));
        return new RawListener() {
            @Override
            public RawPeer accept() throws IOException {
                return keep(listener.accept());
            }

            @Override
            public void close() throws IOException {
                listener.close();
            }
        };
    }

    ChannelProperties properties() {
        return properties;
    }

    Path socket(String name) {
        return new ProcessorDirectory(properties.unix().directory(), ShmProcessorTransport.SUFFIX)
                .entry(name);
    }

    @Override
    public MeterRegistry meters() {
        return meters;
    }

    private <T extends AutoCloseable> T keep(T end) {
        made.push(end);
        return end;
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable end : made) {
            try {
                end.close();
            } catch (Exception e) {
                throw new IOException("an end could not be closed", e);
            }
        }
    }
}
