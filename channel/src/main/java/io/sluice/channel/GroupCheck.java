package io.sluice.channel;

import io.sluice.model.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What must hold between groups; each refusal names its key. */
final class GroupCheck {
    private GroupCheck() {}

    static void check(Map<String, GroupProperties> groups, ChannelProperties common) {
        Map<Object, String> places = new HashMap<>();
        groups.forEach((name, group) -> {
            group.check(name);
            ChannelProperties alone = group.over(name, common);
            String other = places.putIfAbsent(place(alone), name);
            if (other != null) {
                String word =
                        alone.transport() == Transport.SHM ? "unix" : alone.transport().word();
                throw new IllegalArgumentException(
                        "sluice.channel.groups.%s.%s: the same as that of %s; give each group its own"
                                .formatted(name, word, other));
            }
        });
        for (Job.Kind kind : Job.Kind.values()) {
            if (groups.values().stream().noneMatch(group -> group.kinds().contains(kind))) {
                throw new IllegalArgumentException(
                        "sluice.channel.groups: none takes %s jobs; add it to the kinds of one"
                                .formatted(kind.name().toLowerCase(Locale.ROOT)));
            }
        }
        if (!common.group().equals("default") && !groups.containsKey(common.group())) {
            throw new IllegalArgumentException(
                    "sluice.channel.group = %s: there is no such group; name one of %s"
                            .formatted(common.group(), groups.keySet()));
        }
    }

    /** Where the group's processors are: two groups there would be one. */
    private static Object place(ChannelProperties alone) {
        return switch (alone.transport()) {
            case UNIX -> alone.unix().directory();
            case TCP ->
                    alone.tcp().processors().isEmpty()
                            ? List.of(Transport.TCP, alone.unix().directory())
                            : alone.tcp().processors();
            // Its sockets are of another suffix than those of the Unix transport.
            case SHM -> List.of(alone.transport(), alone.unix().directory());
            case AMQP -> alone.amqp();
            case PIPE ->
                    List.of(
                            Transport.PIPE,
                            alone.pipe().startsChildren()
                                    ? alone.pipe().command()
                                    : alone.pipe().directory());
        };
    }
}
