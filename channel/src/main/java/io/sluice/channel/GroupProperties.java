package io.sluice.channel;

import io.sluice.model.Job;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A group of processors that an edge reaches in the same way, {@code sluice.channel.groups.NAME.*}.
 * What is not set of the way itself is as at the top level, a transport's settings as a whole; but
 * Unix sockets are in a directory named after the group, below the common one.
 *
 * @param kinds of the jobs that go to the group
 * @param capabilities that its processors announce
 * @param weight its share of the jobs among the groups of its tier, 1 to 100
 * @param tier a group gets jobs when all of lower tiers have no credit; 0 to 15
 * @param processes how many of its processors the master starts; the others are started elsewhere
 */
public record GroupProperties(
        @Nullable Transport transport,
        @Nullable Integer connections,
        ChannelProperties.@Nullable Unix unix,
        ChannelProperties.@Nullable Shm shm,
        ChannelProperties.@Nullable Ping ping,
        ChannelProperties.@Nullable Tcp tcp,
        @Nullable AmqpProperties amqp,
        @Nullable PipeProperties pipe,
        @DefaultValue({"process", "render"}) Set<Job.Kind> kinds,
        @DefaultValue({"scan", "render"}) Set<Capability> capabilities,
        @DefaultValue("1") int weight,
        @DefaultValue("0") int tier,
        @DefaultValue("0") int processes) {

    public GroupProperties {
        kinds = Set.copyOf(kinds);
        capabilities = Set.copyOf(capabilities);
    }

    /** The settings of the whole channel as they are for this group alone. */
    ChannelProperties over(String name, ChannelProperties common) {
        return new ChannelProperties(
                Objects.requireNonNullElse(transport, common.transport()),
                Objects.requireNonNullElse(connections, common.connections()),
                unix == null ? below(common.unix(), name) : unix,
                Objects.requireNonNullElse(shm, common.shm()),
                Objects.requireNonNullElse(ping, common.ping()),
                Objects.requireNonNullElse(tcp, common.tcp()),
                Objects.requireNonNullElse(amqp, common.amqp()),
                Objects.requireNonNullElse(pipe, common.pipe()),
                name,
                capabilities,
                Map.of(),
                common.mirror());
    }

    /** Sockets of its own: processors of one directory are one group. */
    private static ChannelProperties.Unix below(ChannelProperties.Unix common, String name) {
        return new ChannelProperties.Unix(
                common.directory().resolve(name),
                common.allowedUids(),
                common.passDescriptors(),
                common.store());
    }

    /** Refuses, with the whole key, what can't be meant. */
    void check(String name) {
        String key = "sluice.channel.groups." + name;
        require(name.matches("[a-z0-9-]{1,24}"), key, "a name is 1 to 24 of a-z, 0-9 and -");
        require(!kinds.isEmpty(), key + ".kinds", "must be process, render or both");
        require(weight >= 1 && weight <= 100, key + ".weight = " + weight, "must be 1 to 100");
        require(tier >= 0 && tier <= 15, key + ".tier = " + tier, "must be 0 to 15");
        require(
                processes >= 0 && processes <= 64,
                key + ".processes = " + processes,
                "must be 0 to 64");
        for (Job.Kind kind : kinds) {
            Capability needed = Capability.of(kind);
            require(
                    capabilities.contains(needed),
                    key + ".capabilities",
                    "%s jobs need %s; add it or take them out of kinds"
                            .formatted(kind.name().toLowerCase(Locale.ROOT), needed.word()));
        }
    }

    private static void require(boolean holds, String setting, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(setting + ": " + remedy);
        }
    }
}
