package io.sluice.edge.job;

import io.sluice.channel.Dispatcher;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** A channel whose other end is the test: it sees each job that is sent and decides how it ends. */
public final class ScriptedDispatcher implements Dispatcher {
    /** A job that was sent, and how to answer it. */
    public record Sent(Job job, MonoSink<JobOutcome> answer) {}

    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final Set<Job.Kind> closed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger credit;
    private volatile @Nullable Runnable listener;

    public ScriptedDispatcher(int credit) {
        this.credit = new AtomicInteger(credit);
    }

    /** The next job that was sent; null if none is sent for a while. */
    public Sent next() throws InterruptedException {
        Sent next = sent.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no job was sent");
        }
        return next;
    }

    /** Takes no jobs of the kind until it is opened. */
    public void close(Job.Kind kind) {
        closed.add(kind);
    }

    public void open(Job.Kind kind) {
        closed.remove(kind);
        grant(0);
    }

    /** Whether no job is out that the test has not seen. */
    public boolean isQuiet() {
        return sent.isEmpty();
    }

    @Override
    public Mono<JobOutcome> dispatch(Job job) {
        return Mono.<JobOutcome>create(
                        sink -> {
                            credit.decrementAndGet();
                            sent.add(new Sent(job, sink));
                        })
                .doFinally(_ -> grant(1));
    }

    /** Grants that much more credit. */
    public void grant(int more) {
        credit.addAndGet(more);
        Runnable listening = listener;
        if (listening != null) {
            listening.run();
        }
    }

    @Override
    public int credit() {
        return credit.get();
    }

    @Override
    public int credit(Job.Kind kind) {
        return closed.contains(kind) ? 0 : credit();
    }

    @Override
    public int processors() {
        return 1;
    }

    @Override
    public void onCredit(Runnable listener) {
        this.listener = listener;
    }

    @Override
    public void close() {
        sent.clear();
    }
}
