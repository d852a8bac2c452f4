package io.sluice.processor.render;

import io.sluice.processor.Lease;
import io.sluice.processor.LeaseOver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The image workers that are ready, and those of them that have nothing to do. Holds no more than
 * there are places for workers. Thread-safe: {@code lock} guards all, {@code changed} wakes those
 * that wait; a worker in it may have died a moment ago.
 */
final class IdleWorkers {
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ImageWorker> idle = new ArrayDeque<>();
    private final Set<ImageWorker> ready = new HashSet<>();
    private @Nullable Engine engine;
    private boolean closed;

    /** A new worker is ready; it is killed if all were meanwhile. */
    void join(ImageWorker worker) {
        locked(() -> {
            if (closed) {
                worker.kill(EndReason.STOPPED);
                return;
            }
            engine = worker.engine();
            ready.add(worker);
            idle.push(worker);
        });
    }

    /** Those that have nothing to do now. */
    List<ImageWorker> idle() {
        lock.lock();
        try {
            return List.copyOf(idle);
        } finally {
            lock.unlock();
        }
    }

    /** Takes one of them, if it still has nothing to do. */
    boolean take(ImageWorker worker) {
        lock.lock();
        try {
            return idle.remove(worker);
        } finally {
            lock.unlock();
        }
    }

    /** What the workers can do; null before one was ready. */
    @Nullable Engine engine() {
        lock.lock();
        try {
            return engine;
        } finally {
            lock.unlock();
        }
    }

    /** A worker has made its picture. */
    void giveBack(ImageWorker worker) {
        locked(() -> {
            if (ready.contains(worker)) {
                idle.push(worker);
            }
        });
    }

    /** A worker has ended. */
    void leave(ImageWorker worker) {
        locked(() -> {
            ready.remove(worker);
            idle.remove(worker);
        });
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many are ready, busy or not. */
    int ready() {
        lock.lock();
        try {
            return ready.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many of them make a picture now. */
    int busy() {
        lock.lock();
        try {
            return ready.size() - idle.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all that are ready, each that gets ready later, and every wait. */
    void close() {
        locked(() -> {
            closed = true;
            ready.forEach(worker -> worker.kill(EndReason.STOPPED));
        });
    }

    /** Waits for a worker with nothing to do; empty if there was none in time. */
    Optional<ImageWorker> take(Lease lease, Duration timeout)
            throws LeaseOver, InterruptedException {
        return await(lease, timeout, this::pollUsable);
    }

    private @Nullable ImageWorker pollUsable() {
        ImageWorker worker = idle.poll();
        while (worker != null && !worker.isUsable()) {
            worker = idle.poll();
        }
        return worker;
    }

    /** Waits until a first worker has told what it can do; empty if there was none in time. */
    Optional<Engine> engine(Lease lease, Duration timeout) throws LeaseOver, InterruptedException {
        return await(lease, timeout, () -> engine);
    }

    private <T> Optional<T> await(Lease lease, Duration timeout, Wanted<T> wanted)
            throws LeaseOver, InterruptedException {
        lock.lockInterruptibly();
        try (Lease.Registration _ = lease.onRevoked(() -> locked(() -> {}))) {
            long left = lease.atMost(timeout).toNanos();
            while (true) {
                lease.ensureHeld();
                T found = wanted.get();
                if (found != null || left <= 0 || closed) {
                    return Optional.ofNullable(found);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private interface Wanted<T> {
        @Nullable T get();
    }
}
