package io.sluice.channel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the edge-processor link; both ends must have the same.
 *
 * @param transport that carries the messages
 * @param connections from an edge to each processor, 1 to 16
 * @param group that a processor serves; without groups, how the only one is called
 * @param capabilities that the processors announce, where there are no groups
 * @param groups of processors by their names; empty for one that has all the settings above
 * @param mirror a file or FIFO that gets every message as a line of JSON
 */
@ConfigurationProperties(prefix = "sluice.channel", ignoreUnknownFields = false)
public record ChannelProperties(
        @DefaultValue("unix") Transport transport,
        @DefaultValue("1") int connections,
        @DefaultValue Unix unix,
        @DefaultValue Shm shm,
        @DefaultValue Ping ping,
        @DefaultValue Tcp tcp,
        @DefaultValue AmqpProperties amqp,
        @DefaultValue PipeProperties pipe,
        @DefaultValue("default") String group,
        @DefaultValue({"scan", "render"}) Set<Capability> capabilities,
        @DefaultValue Map<String, GroupProperties> groups,
        @Nullable Path mirror) {

    public ChannelProperties {
        if (transport == Transport.TCP) {
            tcp.requireSecurity();
        }
        if (connections < 1 || connections > 16) {
            throw new IllegalArgumentException(
                    "sluice.channel.connections = %d: must be 1 to 16".formatted(connections));
        }
        if (connections > 1 && pipe.startsChildren()) {
            throw new IllegalArgumentException(
                    "sluice.channel.connections = %d: a child has one; sluice.channel.pipe.processes starts more of them"
                            .formatted(connections));
        }
        capabilities = Set.copyOf(capabilities);
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
        if (!groups.isEmpty()) {
            GroupCheck.check(
                    groups,
                    new ChannelProperties(
                            transport,
                            connections,
                            unix,
                            shm,
                            ping,
                            tcp,
                            amqp,
                            pipe,
                            group,
                            capabilities,
                            Map.of(),
                            mirror));
        }
    }

    /** The settings of one group alone, as if there were no other. */
    public ChannelProperties of(String name, GroupProperties settings) {
        return settings.over(name, this);
    }

    /**
     * The settings of the group that a processor serves.
     *
     * @throws IllegalArgumentException when there are groups and none is named
     */
    public ChannelProperties served() {
        if (groups.isEmpty()) {
            return this;
        }
        GroupProperties settings = groups.get(group);
        if (settings == null) {
            throw new IllegalArgumentException(
                    "sluice.channel.group = %s: there is no such group; name one of %s"
                            .formatted(group, groups.keySet()));
        }
        return of(group, settings);
    }

    /**
     * The Unix sockets.
     *
     * @param directory where each processor has its socket; {@code ${sluice.data}/run} by default
     * @param allowedUids who may be at the other end; empty for this process's own user
     * @param passDescriptors whether an original goes to its processor as an open descriptor, so
     *     that the processor needs no right to the store
     * @param store where the edge opens them; {@code ${sluice.data}/store} by default
     */
    public record Unix(
            Path directory,
            @DefaultValue List<Integer> allowedUids,
            @DefaultValue("false") boolean passDescriptors,
            @DefaultValue("var/store") Path store) {
        public Unix {
            Assert.notNull(directory, "sluice.channel.unix.directory is required");
            allowedUids = List.copyOf(allowedUids);
        }
    }

    /**
     * The memory that the ends share; its sockets are those of {@link Unix}, with another suffix.
     *
     * @param ringSize of what is on the way in each direction of a connection: a power of two, 128
     *     KiB to 64 MiB
     */
    public record Shm(@DefaultValue("1MB") DataSize ringSize) {
        private static final DataSize MIN = DataSize.ofKilobytes(128);
        private static final DataSize MAX = DataSize.ofMegabytes(64);

        public Shm {
            if (ringSize.compareTo(MIN) < 0
                    || ringSize.compareTo(MAX) > 0
                    || Long.bitCount(ringSize.toBytes()) != 1) {
                throw new IllegalArgumentException(
                        "sluice.channel.shm.ring-size = %s: must be a power of two, 128KB to 64MB"
                                .formatted(ringSize));
            }
        }

        /** The size in bytes. */
        public int ringBytes() {
            return (int) ringSize.toBytes();
        }
    }

    /**
     * How a peer that is gone or hangs is noticed.
     *
     * @param interval from one ping to the next
     * @param timeout without any frame, after which the peer is lost
     */
    public record Ping(
            @DefaultValue("5s") Duration interval, @DefaultValue("15s") Duration timeout) {
        public Ping {
            if (!interval.isPositive()) {
                throw new IllegalArgumentException(
                        "sluice.channel.ping.interval = %s: must be above 0".formatted(interval));
            }
            if (timeout.compareTo(interval) <= 0) {
                throw new IllegalArgumentException(
                        "sluice.channel.ping.timeout = %s: must be above ping.interval (%s)"
                                .formatted(timeout, interval));
            }
        }
    }

    /**
     * The TCP sockets.
     *
     * @param bundle the SSL bundle ({@code spring.ssl.bundle}) with this end's certificate and the
     *     authorities that the other's must be signed by
     * @param allowedNames of which a peer's certificate must have one, as DNS name or URI
     * @param insecure whether plain text is allowed
     * @param listen where a processor listens; port 0 takes a free one
     * @param processors that an edge connects to; empty for those announced in unix.directory
     */
    public record Tcp(
            @Nullable String bundle,
            @DefaultValue List<String> allowedNames,
            @DefaultValue("false") boolean insecure,
            @DefaultValue("127.0.0.1:0") HostPort listen,
            @DefaultValue List<HostPort> processors) {
        public Tcp {
            bundle = StringUtils.hasText(bundle) ? bundle : null;
            allowedNames = List.copyOf(allowedNames);
            processors = List.copyOf(processors);
            if (bundle != null && insecure) {
                throw new IllegalArgumentException(
                        "sluice.channel.tcp.insecure = true: contradicts tcp.bundle = %s; remove one"
                                .formatted(bundle));
            }
            if (bundle != null && allowedNames.isEmpty()) {
                throw new IllegalArgumentException(
                        "sluice.channel.tcp.allowed-names is empty: with tcp.bundle it must name who"
                                + " may be at the other end");
            }
            processors.forEach(processor -> processor.requirePort("tcp.processors"));
        }

        /** Refuses plain text that nobody asked for. */
        public void requireSecurity() {
            if (bundle == null && !insecure) {
                throw new IllegalArgumentException(
                        "sluice.channel.tcp.bundle is missing: name an SSL bundle of"
                                + " spring.ssl.bundle, or allow plain text by tcp.insecure = true");
            }
        }
    }
}
