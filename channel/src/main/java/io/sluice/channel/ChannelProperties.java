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

/**
 * The settings of the edge-processor link; both ends must have the same.
 *
 * @param transport {@code unix} or {@code pipe} in this build
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
        @DefaultValue Ping ping,
        @DefaultValue Tcp tcp,
        @DefaultValue PipeProperties pipe,
        @DefaultValue("default") String group,
        @DefaultValue({"scan", "render"}) Set<Capability> capabilities,
        @DefaultValue Map<String, GroupProperties> groups,
        @Nullable Path mirror) {

    public ChannelProperties {
        if (transport != Transport.UNIX && transport != Transport.PIPE) {
            throw new IllegalArgumentException(
                    "transport %s is not available in this build; use unix or pipe"
                            .formatted(transport.word()));
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
                            ping,
                            tcp,
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
     */
    public record Unix(Path directory, @DefaultValue List<Integer> allowedUids) {
        public Unix {
            Assert.notNull(directory, "sluice.channel.unix.directory is required");
            allowedUids = List.copyOf(allowedUids);
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
     * The TCP sockets of a later build.
     *
     * @param insecure whether plain text is allowed
     */
    public record Tcp(@DefaultValue("false") boolean insecure) {}
}
