package io.sluice.processor;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time for which this processor owns a job: it ends at the job's deadline, or before when the
 * edge no longer wants an outcome.
 *
 * <p>Thread-safe. The slot's thread asks and registers, the channel's thread ends it; {@code this}
 * guards the registrations. A registered action runs at most once, on the ending thread or, if the
 * lease is over already, at once on the registering one.
 */
public final class Lease implements AutoCloseable {
    private final Instant deadline;
    private final InstantSource clock;
    private final @Nullable SeekableByteChannel passed;
    private final Set<Registration> registrations = new LinkedHashSet<>();
    private final Deque<Closeable> kept = new ArrayDeque<>();
    private volatile boolean revoked;

    /** A lease until the deadline. */
    public Lease(Instant deadline, InstantSource clock) {
        this(deadline, clock, null);
    }

    /**
     * A lease until the deadline.
     *
     * @param passed the job's original where the edge has opened it; whoever gave it closes it
     */
    public Lease(Instant deadline, InstantSource clock, @Nullable SeekableByteChannel passed) {
        this.deadline = deadline;
        this.clock = clock;
        this.passed = passed;
    }

    /** The job's original, if it came along with the job. */
    public Optional<SeekableByteChannel> passed() {
        return Optional.ofNullable(passed);
    }

    /** Ends the lease: called when the edge cancels or is lost. Must return at once. */
    public void revoke() {
        List<Registration> ended;
        synchronized (this) {
            revoked = true;
            ended = new ArrayList<>(registrations);
            registrations.clear();
        }
        ended.forEach(registration -> registration.action.run());
    }

    /** Whether nobody wants the outcome any more. */
    public boolean isOver() {
        return revoked || !clock.instant().isBefore(deadline);
    }

    /**
     * Stops a step whose outcome nobody wants.
     *
     * @throws LeaseOver if the lease is over
     */
    public void ensureHeld() throws LeaseOver {
        if (isOver()) {
            throw new LeaseOver(
                    revoked ? "the edge no longer wants the outcome" : "the deadline passed");
        }
    }

    /** How long the lease can still be held; zero when it is over. */
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), deadline);
        return revoked || left.isNegative() ? Duration.ZERO : left;
    }

    /** The shorter of a limit and what remains. */
    public Duration atMost(Duration limit) {
        Duration remaining = remaining();
        return remaining.compareTo(limit) < 0 ? remaining : limit;
    }

    /**
     * Has an action run when the lease is revoked, to wake a step that waits. It must return at
     * once. A deadline does not run it: the step bounds its wait by {@link #remaining()}.
     *
     * @return ends the registration
     */
    public Registration onRevoked(Runnable action) {
        Registration registration = new Registration(action);
        synchronized (this) {
            if (!revoked) {
                registrations.add(registration);
                return registration;
            }
        }
        action.run();
        return registration;
    }

    /** Has something that was opened for the job closed with the lease. */
    public <T extends Closeable> T keep(T opened) {
        synchronized (this) {
            kept.push(opened);
        }
        return opened;
    }

    /** The job is answered: closes what was kept, the latest first. */
    @Override
    public void close() throws IOException {
        for (Closeable opened = nextKept(); opened != null; opened = nextKept()) {
            opened.close();
        }
    }

    private synchronized @Nullable Closeable nextKept() {
        return kept.poll();
    }

    /** An action that waits for the lease's end. */
    public final class Registration implements AutoCloseable {
        private final Runnable action;

        private Registration(Runnable action) {
            this.action = action;
        }

        @Override
        public void close() {
            synchronized (Lease.this) {
                registrations.remove(this);
            }
        }
    }
}
