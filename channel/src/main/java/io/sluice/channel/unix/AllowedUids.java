package io.sluice.channel.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The users that may be at the other end of a Unix socket. */
public record AllowedUids(Set<Integer> uids) {

    public AllowedUids {
        uids = Set.copyOf(uids);
    }

    /** The configured ones; this process's own when there are none. */
    public static AllowedUids of(List<Integer> configured) throws IOException {
        return configured.isEmpty()
                ? new AllowedUids(Set.of(ownUid()))
                : new AllowedUids(Set.copyOf(configured));
    }

    private static int ownUid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** Whether that user may. */
    public boolean contains(int uid) {
        return uids.contains(uid);
    }

    @Override
    public String toString() {
        return uids.toString();
    }
}
