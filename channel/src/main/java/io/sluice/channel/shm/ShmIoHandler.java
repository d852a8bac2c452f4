package io.sluice.channel.shm;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What an event loop waits with when its channels are rings: a look at each of them, and sleep on
 * the doorbell when there is nothing. Only {@link #wakeup} may be called by other threads.
 */
final class ShmIoHandler implements IoHandler {
    /** Nothing needs it: a net under an error in this class. */
    private static final long MAX_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** How a deadline says that there is none. */
    private static final long NONE = -1;

    private final ThreadAwareExecutor executor;
    private final Doorbell bell;
    private final AtomicLong turns;
    private final Runnable atEnd;

    /** Replaced, not changed: channels come and go while it is walked through. */
    private List<ShmHandle> handles = List.of();

    /** A channel as this handler sees it, on the event loop. */
    interface ShmHandle extends IoHandle {
        /** Whether {@link #turn} would do something. */
        boolean isReady();

        /** Reads what is there, once, and writes what had no room before. */
        void turn();

        /** Wakes the peer if there is something new for it. */
        void ring();

        @Override
        void close();
    }

    ShmIoHandler(ThreadAwareExecutor executor, Doorbell bell, AtomicLong turns, Runnable atEnd) {
        this.executor = executor;
        this.bell = bell;
        this.turns = turns;
        this.atEnd = atEnd;
    }

    @Override
    public int run(IoHandlerContext context) {
        turns.lazySet(turns.getPlain() + 1);
        // Once for all that the last turn and its tasks have written: a peer that is woken for the
        // first of several frames goes back to sleep before the second.
        handles.forEach(ShmHandle::ring);
        int served = serve();
        if (served == 0 && context.canBlock()) {
            sleep(context);
            served = serve();
        }
        return served;
    }

    private int serve() {
        int served = 0;
        for (ShmHandle handle : handles) {
            if (handle.isReady()) {
                handle.turn();
                served++;
            }
        }
        return served;
    }

    private void sleep(IoHandlerContext context) {
        bell.announce();
        try {
            // Whoever comes from here on sees the announcement; who came before is seen here.
            if (!isAnyReady() && context.canBlock()) {
                long nanos = nanosLeft(context);
                if (nanos > 0) {
                    bell.sleep(nanos);
                }
            }
        } finally {
            bell.getUp();
        }
    }

    private boolean isAnyReady() {
        for (ShmHandle handle : handles) {
            if (handle.isReady()) {
                return true;
            }
        }
        return false;
    }

    private static long nanosLeft(IoHandlerContext context) {
        return context.deadlineNanos() == NONE
                ? MAX_SLEEP_NANOS
                : Math.min(context.delayNanos(System.nanoTime()), MAX_SLEEP_NANOS);
    }

    @Override
    public void wakeup() {
        if (!executor.isExecutorThread(Thread.currentThread())) {
            bell.ring();
        }
    }

    @Override
    public IoRegistration register(IoHandle handle) {
        ShmHandle ours = (ShmHandle) handle;
        List<ShmHandle> more = new ArrayList<>(handles);
        more.add(ours);
        handles = List.copyOf(more);
        ours.registered();
        return new Registration(ours);
    }

    private void remove(ShmHandle handle) {
        handles = handles.stream().filter(other -> !other.equals(handle)).toList();
        handle.unregistered();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return ShmHandle.class.isAssignableFrom(type);
    }

    @Override
    public void prepareToDestroy() {
        handles.forEach(ShmHandle::close);
    }

    @Override
    public void destroy() {
        atEnd.run();
    }

    /** A channel's place among those that are looked at. */
    private final class Registration implements IoRegistration {
        private final ShmHandle handle;
        private final AtomicBoolean cancelled = new AtomicBoolean();

        Registration(ShmHandle handle) {
            this.handle = handle;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's
        public <T> T attachment() {
            throw new UnsupportedOperationException("a ring has nothing to attach");
        }

        @Override
        public long submit(IoOps ops) {
            throw new UnsupportedOperationException("rings are looked at always");
        }

        @Override
        public boolean isValid() {
            return !cancelled.get();
        }

        @Override
        public boolean cancel() {
            if (!cancelled.compareAndSet(false, true)) {
                return false;
            }
            if (executor.isExecutorThread(Thread.currentThread())) {
                remove(handle);
            } else {
                executor.execute(() -> remove(handle));
            }
            return true;
        }
    }
}
