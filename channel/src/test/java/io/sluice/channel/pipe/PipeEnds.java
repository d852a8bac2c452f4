package io.sluice.channel.pipe;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Settings;
import io.sluice.channel.contract.Waiting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ends of the pipe transport in one directory. */
final class PipeEnds extends Ends {

    PipeEnds(Path directory, ChannelProperties.Ping ping) {
        super(
                Settings.bind(
                        ping,
                        Map.of(
                                "transport", "pipe",
                                "unix.directory", directory.toString(),
                                "pipe.directory", directory.toString())));
    }

    Path processor(String name) {
        return PipeNames.processor(properties().pipe().directory(), name);
    }

    @Override
    public RawPeer rawEdge(String receiver) throws IOException {
        Waiting.until(() -> firstJobs(processor(receiver)) != null);
        Path jobs = firstJobs(processor(receiver));
        if (jobs == null) {
            throw new IOException("taken by somebody else");
        }
        return keep(new RawPeer(RawPipe.takenBy(jobs)));
    }

    private static @Nullable Path firstJobs(Path processor) throws IOException {
        try (DirectoryStream<Path> free = Files.newDirectoryStream(processor, PipeNames::isJobs)) {
            for (Path jobs : free) {
                return jobs;
            }
            return null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public RawListener rawProcessor(String name) throws IOException {
        Path directory = processor(name);
        Files.createDirectories(directory);
        return keep(
                new RawListener() {
                    @Override
                    public RawPeer accept() throws IOException {
                        return keep(new RawPeer(RawPipe.offeredIn(directory)));
                    }

                    @Override
                    public void close() throws IOException {
                        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
                            for (Path file : left) {
                                Files.delete(file);
                            }
                        }
                        Files.delete(directory);
                    }
                });
    }
}
