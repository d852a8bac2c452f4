package io.sluice.channel.tcp;

import io.sluice.channel.directory.DirectoryWatch;
import io.sluice.channel.frame.EdgeTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes addresses of the files in which the processors of this host announce themselves. */
record AnnouncedProcessors(EdgeTransport.Listener listener) implements DirectoryWatch.Listener {
    private static final Logger log = LoggerFactory.getLogger(AnnouncedProcessors.class);

    @Override
    public void files(Set<Path> present, Set<Path> fresh) {
        listener.addresses(addresses(present), addresses(fresh));
    }

    private static Set<String> addresses(Set<Path> entries) {
        Set<String> found = new HashSet<>();
        for (Path entry : entries) {
            try {
                Optional<String> address = Announcement.read(entry);
                address.ifPresentOrElse(
                        found::add, () -> log.debug("{} is no running processor's", entry));
            } catch (IOException e) {
                log.warn("{}: a processor's address can't be read", entry, e);
            }
        }
        return Set.copyOf(found);
    }
}
