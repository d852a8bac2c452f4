package io.sluice.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.edge.database.Database;
import io.sluice.edge.database.DatabaseProperties;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTokensTest {
    private static final Identity SHOP =
            new Identity("shop", "backend", Set.of(Scope.UPLOAD), "jwt:backend", null, null);
    private static final TokenRequest REQUEST =
            new TokenRequest(
                    100, List.of("image/png"), "default", "{\"a\":1}", Duration.ofMinutes(1), 3);

    @TempDir Path directory;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
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

    private UploadTokens tokens() throws IOException {
        return new UploadTokens(data, new ApiKeys(database, data, clock), database, clock);
    }

    private Path keys() {
        return data.secrets().resolve("upload-tokens.keys");
    }

    @Nested
    class AToken {
        @Test
        void carriesItsTenantAndItsLimits() throws IOException {
            UploadTokens tokens = tokens();
            IssuedToken issued = tokens.issue(SHOP, REQUEST);
            Identity holder = tokens.authenticate(issued.text()).orElseThrow();
            assertThat(holder.tenant()).isEqualTo("shop");
            assertThat(holder.grant()).isEqualTo(issued.grant());
            assertThat(holder.has(Scope.UPLOAD)).isTrue();
            assertThat(holder.has(Scope.STATUS)).isTrue();
            assertThat(holder.has(Scope.READ)).isFalse();
        }

        @Test
        void endsWhenItExpires() throws IOException {
            UploadTokens tokens = tokens();
            String text = tokens.issue(SHOP, REQUEST).text();
            now.set(now.get().plusSeconds(59));
            assertThat(tokens.authenticate(text)).isPresent();
            now.set(now.get().plusSeconds(1));
            assertThat(tokens.authenticate(text)).isEmpty();
        }

        @Test
        void outlivesARestart() throws IOException {
            String text = tokens().issue(SHOP, REQUEST).text();
            assertThat(tokens().authenticate(text)).isPresent();
        }
    }

    @Nested
    class TheKeys {
        @Test
        void areReadableByTheirOwnerAlone() throws IOException {
            tokens();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())))
                    .isEqualTo("rw-------");
        }

        @Test
        void changeByANewFirstLineWithoutEndingATokenUntilTheOldOneGoes() throws IOException {
            String old = tokens().issue(SHOP, REQUEST).text();
            String line = Files.readString(keys());
            String newLine = "next " + "A".repeat(43) + "\n";
            Files.writeString(keys(), newLine + line);
            UploadTokens both = tokens();
            String young = both.issue(SHOP, REQUEST).text();
            assertThat(both.authenticate(old)).isPresent();
            assertThat(young).contains(".next.");
            Files.writeString(keys(), newLine);
            assertThat(tokens().authenticate(old)).isEmpty();
            assertThat(tokens().authenticate(young)).isPresent();
        }

        @Test
        void areReplacedToEndAllTokensAtOnce() throws IOException {
            UploadTokens tokens = tokens();
            String text = tokens.issue(SHOP, REQUEST).text();
            tokens.endAll(SHOP);
            assertThat(tokens.authenticate(text)).isEmpty();
            assertThat(tokens().authenticate(text)).isEmpty();
            assertThat(tokens.authenticate(tokens.issue(SHOP, REQUEST).text())).isPresent();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "one", "one short", "a b c", "one !!!"})
        void mustBeKeys(String text) throws IOException {
            tokens();
            Files.writeString(keys(), text);
            assertThatThrownBy(() -> tokens())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("upload-tokens.keys");
        }
    }
}
