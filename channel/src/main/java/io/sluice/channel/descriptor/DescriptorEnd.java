package io.sluice.channel.descriptor;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open descriptor on the event loop's epoll. Owned by the event loop. */
final class DescriptorEnd implements EpollIoHandle {
    private static final Logger log = LoggerFactory.getLogger(DescriptorEnd.class);

    private final FileDescriptor fd;
    private final Consumer<EpollIoOps> onEvent;
    private final Runnable onLoopEnd;
    private @Nullable IoRegistration registration;
    private @Nullable EpollIoOps wanted;

    /**
     * Of an open descriptor, which it closes.
     *
     * @param onLoopEnd is called when the event loop ends before it
     */
    DescriptorEnd(FileDescriptor fd, Consumer<EpollIoOps> onEvent, Runnable onLoopEnd) {
        this.fd = fd;
        this.onEvent = onEvent;
        this.onLoopEnd = onLoopEnd;
    }

    @Override
    public FileDescriptor fd() {
        return fd;
    }

    /** Whether nobody is at the other end of a pipe for writing. */
    static boolean isBroken(EpollIoOps ops) {
        return ops.contains(EpollIoOps.EPOLLERR);
    }

    void register(IoEventLoop loop, EpollIoOps first) {
        wanted = first;
        loop.register(this)
                .addListener((Future<IoRegistration> done) -> {
                    if (done.isSuccess() && fd.isOpen()) {
                        registration = done.getNow();
                        registration.submit(wanted);
                    } else if (done.isSuccess()) {
                        done.getNow().cancel();
                    } else {
                        log.atWarn().setCause(done.cause()).log("a descriptor can't be waited for");
                        onLoopEnd.run();
                    }
                });
    }

    /** Changes what is waited for. */
    void want(EpollIoOps ops) {
        if (!ops.equals(wanted)) {
            wanted = ops;
            if (registration != null) {
                registration.submit(ops);
            }
        }
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        if (fd.isOpen()) {
            onEvent.accept(((EpollIoEvent) event).ops());
        }
    }

    void shut() {
        if (registration != null) {
            registration.cancel();
        }
        try {
            fd.close();
        } catch (IOException e) {
            log.warn("a descriptor could not be closed", e);
        }
    }

    @Override
    public void close() {
        onLoopEnd.run();
    }
}
