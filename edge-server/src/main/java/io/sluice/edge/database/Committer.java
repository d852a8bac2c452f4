package io.sluice.edge.database;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The one writer of the state: takes all commands that wait, commits them together, and answers
 * them when the disk has them (group commit; the fsync is the batching window, so there is no
 * timer).
 *
 * <p>Concurrency: any thread may submit. The connection belongs to the committer's platform thread
 * alone (an fsync would pin a virtual one). Answers are given on virtual threads, so that nobody's
 * continuation delays a commit.
 */
final class Committer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Committer.class);
    private static final int LARGEST_GROUP = 1024;

    private final Connection connection;
    private final JdbcClient jdbc;
    private final BlockingQueue<Waiting<?>> queue;
    private final DistributionSummary groupSize;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean isClosed;

    Committer(Connection connection, int maxWaiting, MeterRegistry meters) {
        this.connection = KeptStatements.of(connection);
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(this.connection, true));
        this.queue = new ArrayBlockingQueue<>(maxWaiting);
        this.groupSize = meters.summary("sluice.database.commit.group");
        this.thread = Thread.ofPlatform().name("committer").start(this::run);
    }

    /**
     * Queues the command.
     *
     * @return completes when the change is durable, or with what the command threw
     * @throws RejectedExecutionException if too many wait already
     */
    <T> CompletableFuture<T> submit(Command<T> command) {
        Waiting<T> waiting = new Waiting<>(command, new CompletableFuture<>());
        if (isClosed || !queue.offer(waiting)) {
            throw new RejectedExecutionException(
                    isClosed ? "the state is closed" : "too many commits wait");
        }
        return waiting.answer();
    }

    /** Has the listener run after each group, on the committer's thread. */
    void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    private void run() {
        List<Waiting<?>> group = new ArrayList<>();
        try {
            while (true) {
                group.add(queue.take());
                queue.drainTo(group, LARGEST_GROUP - 1);
                groupSize.record(group.size());
                commit(group);
                group.clear();
            }
        } catch (InterruptedException e) {
            log.debug("the committer ends");
        }
    }

    private void commit(List<Waiting<?>> group) {
        List<Runnable> answers = new ArrayList<>(group.size());
        try {
            execute("BEGIN IMMEDIATE");
            for (Waiting<?> waiting : group) {
                answers.add(run(waiting));
            }
            execute("COMMIT");
        } catch (SQLException e) {
            log.error(
                    "commit of {} changes failed; none of them is acknowledged: {}",
                    group.size(),
                    e.getMessage());
            undo("ROLLBACK");
            group.forEach(waiting -> waiting.fail(e));
            return;
        }
        answers.forEach(Thread::startVirtualThread);
        listeners.forEach(Runnable::run);
    }

    private <T> Runnable run(Waiting<T> waiting) throws SQLException {
        execute("SAVEPOINT command");
        try {
            T result = waiting.command().run(jdbc);
            execute("RELEASE command");
            return () -> waiting.answer().complete(result);
        } catch (RuntimeException e) {
            execute("ROLLBACK TO command");
            execute("RELEASE command");
            return () -> waiting.answer().completeExceptionally(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private void undo(String sql) {
        try {
            execute(sql);
        } catch (SQLException e) {
            log.debug("nothing to undo: {}", e.getMessage());
        }
    }

    /** Commits what waits, then ends. */
    @Override
    public void close() {
        Supplier<CompletableFuture<Boolean>> last = () -> submit(jdbc -> true);
        try {
            last.get().join();
        } catch (RuntimeException e) {
            log.warn("the last commit failed: {}", e.getMessage());
        }
        isClosed = true;
        thread.interrupt();
        List<Waiting<?>> late = new ArrayList<>();
        queue.drainTo(late);
        late.forEach(
                waiting -> waiting.fail(new RejectedExecutionException("the state is closed")));
    }

    private record Waiting<T>(Command<T> command, CompletableFuture<T> answer) {
        void fail(Exception cause) {
            Thread.startVirtualThread(() -> answer.completeExceptionally(cause));
        }
    }
}
