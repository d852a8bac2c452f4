package io.sluice.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.edge.database.Database;
import io.sluice.edge.database.DatabaseProperties;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path directory;

    private DataDirectory data;
    private Database database;

    @BeforeEach
    void open() throws Exception {
        data = new DataDirectory(directory);
        Files.createDirectories(data.db());
        database =
                new Database(
                        new DatabaseProperties("", 1, 10), data, true, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private ApiKeys keys() throws IOException {
        return new ApiKeys(database, data, InstantSource.fixed(NOW));
    }

    private String secretInTheFile() throws IOException {
        return Files.readString(data.secrets().resolve("admin.key")).strip();
    }

    @Nested
    class TheFirstStart {
        @Test
        void writesAnAdminKeyThatItsOwnerAloneCanRead() throws IOException {
            ApiKeys keys = keys();

            Identity admin = keys.authenticate(secretInTheFile()).orElseThrow();

            assertThat(admin.has(Scope.UPLOAD)).isTrue();
            assertThat(admin.has(Scope.ADMIN)).isTrue();
            assertThat(admin.tenant()).isEqualTo("default");
            assertThat(permissions("admin.key")).isEqualTo("rw-------");
            assertThat(permissions("")).isEqualTo("rwx------");
        }

        private String permissions(String name) throws IOException {
            return PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(data.secrets().resolve(name)));
        }

        @Test
        void keepsNoSecretInTheDatabase() throws IOException {
            keys();

            String hash =
                    database.read(jdbc ->
                            jdbc.sql("SELECT hash FROM api_key").query(String.class).single());

            assertThat(hash).hasSize(64).doesNotContain(secretInTheFile());
        }
    }

    @Nested
    class ALaterStart {
        @Test
        void keepsTheKey() throws IOException {
            keys();
            String secret = secretInTheFile();

            assertThat(keys().authenticate(secret)).isPresent();
            assertThat(secretInTheFile()).isEqualTo(secret);
        }
    }

    @Nested
    class AStartWithoutALivingAdminKey {
        @Test
        void writesANewOneAsNobodyCouldMakeIt() throws IOException {
            keys();
            String lost = secretInTheFile();
            database.commit(jdbc ->
                            jdbc.sql("UPDATE api_key SET expires_at = ?")
                                    .param(NOW.toEpochMilli())
                                    .update())
                    .join();

            ApiKeys keys = keys();

            assertThat(keys.authenticate(lost)).isEmpty();
            assertThat(keys.authenticate(secretInTheFile())).isPresent();
        }
    }

    @Nested
    class AKey {
        @Test
        void thatIsUnknownIsNobodys() throws IOException {
            assertThat(keys().authenticate("sluice_guess")).isEmpty();
        }

        @Test
        void endsWhenItExpires() throws IOException {
            insert("old", NOW.toEpochMilli());
            insert("fresh", NOW.toEpochMilli() + 1);

            ApiKeys keys = keys();

            assertThat(keys.authenticate("old")).isEmpty();
            assertThat(keys.authenticate("fresh"))
                    .hasValueSatisfying(who -> {
                        assertThat(who.tenant()).isEqualTo("t");
                        assertThat(who.actor()).isEqualTo("fresh");
                        assertThat(who.scopes()).isEqualTo(Set.of(Scope.READ));
                    });
        }

        private void insert(String secret, long expires) {
            database.commit(jdbc ->
                            jdbc.sql("INSERT INTO api_key VALUES (?, ?, 't', 'read', 0, ?)")
                                    .params(new Secret(secret).hash(), secret, expires)
                                    .update())
                    .join();
        }
    }
}
