package io.sluice.channel.shm;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Settings;
import io.sluice.channel.directory.ProcessorDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ends of the shared-memory transport in one directory, with the smallest rings. */
public final class ShmEnds extends Ends {

    public ShmEnds(Path directory, ChannelProperties.Ping ping, Integer... allowedUids) {
        super(
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
                                        .collect(Collectors.joining(",")))));
    }

    @Override
    public RawPeer rawEdge(String receiver) throws IOException {
        return keep(new RawPeer(RawRings.connect(socket(receiver), Segment.MIN_RING)));
    }

    @Override
    public RawListener rawProcessor(String name) throws IOException {
        RawListener listener = keep(RawRings.listen(properties().unix(), name));
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

    Path socket(String name) {
        return new ProcessorDirectory(properties().unix().directory(), ShmProcessorTransport.SUFFIX)
                .entry(name);
    }
}
