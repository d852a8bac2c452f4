package io.sluice.edge.database;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.service.DataDirectory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The durable state of one host: SQLite with a write-ahead log and {@code synchronous=FULL}, so
 * that a commit that was answered survives a power cut. Changes go through one {@link Committer},
 * queries through {@link Readers}.
 */
public final class Database implements AutoCloseable {
    private final Connection writer;
    private final List<Connection> readable = new ArrayList<>();
    private final Committer committer;
    private final Readers readers;

    /**
     * Opens the database, creates or migrates its tables, and starts its threads.
     *
     * @param isDurable false only for {@code sluice.durability=none}: commits then survive a crash
     *     of the process, but not a power cut
     * @throws SQLException if the file can't be opened or is not as durable as it must be
     */
    public Database(
            DatabaseProperties properties,
            DataDirectory data,
            boolean isDurable,
            MeterRegistry meters)
            throws SQLException {
        Path file = data.db().resolve("sluice.db");
        String url = properties.url().isEmpty() ? "jdbc:sqlite:" + file : properties.url();
        SQLiteDataSource writing = source(url, isDurable, false);
        Flyway.configure()
                .dataSource(writing)
                .locations("classpath:io/sluice/edge/database")
                .load()
                .migrate();
        writer = writing.getConnection();
        requireDurable(writer, url, isDurable);
        SQLiteDataSource reading = source(url, isDurable, true);
        for (int i = 0; i < properties.readers(); i++) {
            readable.add(reading.getConnection());
        }
        committer = new Committer(writer, properties.maxWaiting(), meters);
        readers = new Readers(readable, properties.readers(), properties.maxWaiting());
    }

    private static SQLiteDataSource source(String url, boolean isDurable, boolean isReadOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(
                isDurable
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(5_000);
        config.enforceForeignKeys(true);
        config.setReadOnly(isReadOnly);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    private static void requireDurable(Connection connection, String url, boolean isDurable)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String journal = statement.executeQuery("PRAGMA journal_mode").getString(1);
            int synchronous = statement.executeQuery("PRAGMA synchronous").getInt(1);
            if (!journal.equals("wal") || synchronous < (isDurable ? 2 : 1)) {
                throw new SQLException(
                        "%s has journal_mode=%s and synchronous=%d, but wal and 2 are needed: put it on a local file system"
                                .formatted(url, journal, synchronous));
            }
        }
    }

    /**
     * Changes the state.
     *
     * @return completes, on a virtual thread, when the change is durable, or with what the command
     *     threw
     * @throws java.util.concurrent.RejectedExecutionException if too many commands wait
     */
    public <T> CompletableFuture<T> commit(Command<T> command) {
        return committer.submit(command);
    }

    /**
     * Raises the signal after each commit, so that who reads what others write needs no polling.
     * For a fixed number of listeners, as long as the database is open.
     */
    public void onCommit(Signal signal) {
        committer.onCommit(signal::raise);
    }

    /**
     * Runs a query and waits for its result; not for event loops.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too many queries wait
     */
    public <T> T read(Function<JdbcClient, T> query) {
        return readers.read(query);
    }

    /** Commits what waits and closes the file. */
    @Override
    public void close() throws SQLException {
        committer.close();
        readers.close();
        for (Connection connection : readable) {
            connection.close();
        }
        writer.close();
    }
}
