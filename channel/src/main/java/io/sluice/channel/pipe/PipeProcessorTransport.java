package io.sluice.channel.pipe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.directory.ChannelDirectory;
import io.sluice.channel.frame.ChannelLoop;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.ProcessorTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers pairs of FIFOs in a directory of its own, {@code processor-<name>.pipe}. */
public final class PipeProcessorTransport implements ProcessorTransport {
    private static final Logger log = LoggerFactory.getLogger(PipeProcessorTransport.class);
    private static final Pattern NAME = Pattern.compile("[\\w-]{1,32}");

    private final Path directory;
    private final String name;
    private final int free;
    private final Duration interval;
    private @Nullable PipeListener listener; // guarded by this

    /**
     * Does nothing yet.
     *
     * @param name of the directory, unique among the processors that run
     */
    public PipeProcessorTransport(ChannelProperties properties, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name = %s: must be 1 to 32 letters, digits, _ or -".formatted(name));
        }
        if (properties.pipe().startsChildren()) {
            throw new IllegalArgumentException(
                    "sluice.channel.pipe.command is set: the edge starts processors itself;"
                            + " set sluice.processor.processes to 0");
        }
        this.directory = properties.pipe().directory();
        this.name = name;
        this.free = properties.connections();
        this.interval = properties.ping().interval();
    }

    @Override
    public Transport kind() {
        return Transport.PIPE;
    }

    @Override
    public IoHandlerFactory ioHandler() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public synchronized void listen(ChannelLoop loop, ChannelHandler initializer)
            throws IOException {
        try {
            PipeDoor door =
                    PipeDoor.open(
                            PipeNames.processor(
                                    ChannelDirectory.open(directory, PipeNames.SETTING), name));
            listener = new PipeListener(door, free, interval, loop, initializer);
            listener.start();
        } catch (IOException e) {
            throw new IOException(
                    "sluice.channel.pipe.directory = %s: can't listen there".formatted(directory),
                    e);
        }
    }

    @Override
    public synchronized void stopListening() {
        try {
            if (listener != null) {
                listener.close();
            }
        } catch (IOException e) {
            log.warn("the pipes of processor {} could not be removed", name, e);
        }
    }

    /** Nothing: the directory's mode decides, as pipes don't tell who is at the other end. */
    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        log.trace("{} is guarded by its directory's mode", channel);
    }
}
