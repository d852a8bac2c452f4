package io.sluice.edge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.service.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseTest {
    @TempDir Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Database database;

    @BeforeEach
    void open() throws Exception {
        database = open(new DatabaseProperties("", 2, 8));
    }

    private Database open(DatabaseProperties properties) throws Exception {
        DataDirectory data = new DataDirectory(directory);
        Files.createDirectories(data.db());
        return new Database(properties, data, true, meters);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private static int insert(JdbcClient jdbc, String action) {
        Audit.write(jdbc, 1, "test", action, "subject", null);
        return 1;
    }

    private long rows() {
        return database.read(
                jdbc -> jdbc.sql("SELECT count(*) FROM audit").query(Long.class).single());
    }

    @Nested
    class ACommit {
        @Test
        void isSeenByTheNextQuery() {
            database.commit(jdbc -> insert(jdbc, "a")).join();

            assertThat(rows()).isEqualTo(1);
        }

        @Test
        void survivesReopening() throws Exception {
            database.commit(jdbc -> insert(jdbc, "a")).join();
            database.close();

            database = open(new DatabaseProperties("", 1, 8));

            assertThat(rows()).isEqualTo(1);
        }
    }

    @Nested
    class AGroup {
        @Test
        void undoesOnlyTheCommandThatFails() throws Exception {
            CountDownLatch gate = new CountDownLatch(1);
            CompletableFuture<Integer> first = database.commit(jdbc -> waitFor(gate));
            CompletableFuture<Integer> good = database.commit(jdbc -> insert(jdbc, "good"));
            CompletableFuture<Integer> bad =
                    database.commit(jdbc -> {
                        insert(jdbc, "bad");
                        throw new IllegalStateException("no");
                    });
            CompletableFuture<Integer> alsoGood =
                    database.commit(jdbc -> insert(jdbc, "also good"));
            gate.countDown();

            CompletableFuture.allOf(first, good, alsoGood).join();
            assertThatThrownBy(bad::join)
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("no");
            assertThat(rows()).isEqualTo(2);
            assertThat(meters.get("sluice.database.commit.group").summary().max())
                    .isBetween(3.0, 4.0);
        }

        private int waitFor(CountDownLatch gate) {
            try {
                gate.await();
                return 0;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void isRefusedWhenTooManyWait() {
            CountDownLatch gate = new CountDownLatch(1);
            List<CompletableFuture<Integer>> accepted = new ArrayList<>();
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    accepted.add(database.commit(jdbc -> waitFor(gate)));
                                }
                            })
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("too many commits wait");
            // A full queue, and at most one full queue more in the group that is under way.
            assertThat(accepted).hasSizeBetween(8, 17);
            gate.countDown();
            accepted.forEach(CompletableFuture::join);
        }
    }

    @Nested
    class AFailedTransaction {
        @Test
        void failsEveryCommandOfItsGroup() {
            // The schema is gone from under the committer: what it answers must be a failure, never
            // a success.
            CompletableFuture<Integer> broken =
                    database.commit(jdbc -> jdbc.sql("INSERT INTO nowhere VALUES (1)").update());

            assertThatThrownBy(broken::join).hasMessageContaining("nowhere");
        }
    }

    @Nested
    class AReader {
        @Test
        void cannotWrite() {
            assertThatThrownBy(() -> database.read(jdbc -> insert(jdbc, "a")))
                    .hasMessageContaining("readonly");
        }
    }

    @Nested
    class TheSettings {
        @Test
        void refuseAnotherDatabase() {
            assertThatThrownBy(() -> new DatabaseProperties("jdbc:postgresql://db/sluice", 2, 8))
                    .hasMessageContaining("SQLite only");
        }
    }

    @Test
    void isAsDurableAsPromised() {
        int synchronous =
                database.commit(jdbc ->
                                jdbc.sql("PRAGMA synchronous").query(Integer.class).single())
                        .join();

        assertThat(synchronous).isEqualTo(2);
    }
}
