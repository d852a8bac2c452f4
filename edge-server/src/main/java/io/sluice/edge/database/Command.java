package io.sluice.edge.database;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A change of the state that is whole or not at all. It runs inside a transaction that it shares
 * with others, behind a savepoint of its own: what it throws undoes its own changes only.
 */
@FunctionalInterface
public interface Command<T> {

    /**
     * Changes the state; runs on the committer's thread, so it computes nothing and waits for
     * nobody.
     */
    T run(JdbcClient jdbc);
}
