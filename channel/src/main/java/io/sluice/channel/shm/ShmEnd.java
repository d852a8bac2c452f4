package io.sluice.channel.shm;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one end has for all of its connections: the doorbell that its event loop sleeps on, and a
 * thread for the control sockets, which have something to say at a connection's start and end only.
 */
final class ShmEnd {
    private static final Logger log = LoggerFactory.getLogger(ShmEnd.class);
    private static final long STOP_TIMEOUT_MS = 5_000;

    private final SealedFile file;
    private final Doorbell bell;
    private final IoEventLoopGroup control;
    private final AtomicLong turns = new AtomicLong();

    private ShmEnd(SealedFile file, Doorbell bell) {
        this.file = file;
        this.bell = bell;
        control =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("sluice-channel-control", true),
                        EpollIoHandler.newFactory());
    }

    /**
     * Makes the doorbell.
     *
     * @throws UncheckedIOException when the kernel has not what it takes
     */
    static ShmEnd open() {
        try {
            SealedFile file = SealedFile.create("sluice-doorbell", Doorbell.BYTES);
            return new ShmEnd(file, Doorbell.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "sluice.channel.transport = shm: memory can't be shared here; use unix", e);
        }
    }

    /** For one event loop, at whose end this one ends too. */
    IoHandlerFactory ioHandler() {
        return executor -> new ShmIoHandler(executor, bell, turns, this::close);
    }

    /** Runs the control sockets. */
    IoEventLoopGroup control() {
        return control;
    }

    Doorbell bell() {
        return bell;
    }

    /** How often the event loop has gone round: at rest it does so only for its timers. */
    long turns() {
        return turns.get();
    }

    /** To be sent to the peers, and to stay open. */
    FileDescriptor bellDescriptor() {
        return file.descriptor();
    }

    void close() {
        var _ =
                control.shutdownGracefully(0, STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                        .addListener(_ -> closeFile());
    }

    /** Only now, as a number that is sent must not name another file by then. */
    private void closeFile() {
        try {
            file.close();
        } catch (IOException e) {
            log.warn("the doorbell could not be closed", e);
        }
    }
}
