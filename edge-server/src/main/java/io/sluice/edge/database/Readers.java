package io.sluice.edge.database;

import java.sql.Connection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Runs queries, each on a platform thread (SQLite is native code) with a read-only connection of
 * its own. In WAL mode they never wait for the committer.
 */
final class Readers implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final BlockingQueue<JdbcClient> connections;

    Readers(Iterable<Connection> connections, int count, int maxWaiting) {
        this.connections = new ArrayBlockingQueue<>(count);
        for (Connection connection : connections) {
            this.connections.add(
                    JdbcClient.create(
                            new SingleConnectionDataSource(KeptStatements.of(connection), true)));
        }
        this.threads =
                new ThreadPoolExecutor(
                        count,
                        count,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(maxWaiting),
                        Thread.ofPlatform().name("reader-", 0).daemon().factory());
    }

    /**
     * Runs the query and waits for it.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too many wait already
     */
    <T> T read(Function<JdbcClient, T> query) {
        CompletableFuture<T> answer =
                CompletableFuture.supplyAsync(() -> onConnection(query), threads);
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private <T> T onConnection(Function<JdbcClient, T> query) {
        // As many connections as threads: there is always one.
        JdbcClient jdbc = connections.remove();
        try {
            return query.apply(jdbc);
        } finally {
            connections.add(jdbc);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
