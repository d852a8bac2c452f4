package io.sluice.edge.identity;

import io.sluice.edge.database.Database;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API keys. All are held in memory, by the hash of their secret, so that a request is
 * authenticated on its event loop. The first start makes an admin key and writes it to a file that
 * its owner alone can read.
 */
public final class ApiKeys {
    private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);

    private final Map<String, Key> keys;
    private final InstantSource clock;

    private record Key(Identity identity, Instant expires) {}

    public ApiKeys(Database database, DataDirectory data, InstantSource clock) throws IOException {
        this.clock = clock;
        Map<String, Key> known = load(database);
        if (known.isEmpty()) {
            writeAdminKey(database, data.secrets());
            known = load(database);
        }
        this.keys = known;
    }

    /** Who holds the key, if it is one of ours and not expired. */
    public Optional<Identity> authenticate(String secret) {
        Key key = keys.get(new Secret(secret).hash());
        return key != null && clock.instant().isBefore(key.expires())
                ? Optional.of(key.identity())
                : Optional.empty();
    }

    private static Map<String, Key> load(Database database) {
        return database
                .read(jdbc ->
                        jdbc.sql("SELECT hash, name, tenant, scopes, expires_at FROM api_key")
                                .query((row, _) ->
                                        Map.entry(
                                                row.getString("hash"),
                                                new Key(
                                                        new Identity(
                                                                row.getString("tenant"),
                                                                row.getString("name"),
                                                                scopes(row.getString("scopes"))),
                                                        expiry(row))))
                                .list())
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** NULL must be asked for before another column is read. */
    private static Instant expiry(ResultSet row) throws SQLException {
        long expires = row.getLong("expires_at");
        return row.wasNull() ? Instant.MAX : Instant.ofEpochMilli(expires);
    }

    private static Set<Scope> scopes(String words) {
        return Arrays.stream(words.split(" "))
                .map(Scope::ofWord)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The file comes before the row: a key that nobody could read must not be the only one. */
    private void writeAdminKey(Database database, Path secrets) throws IOException {
        Files.createDirectories(
                secrets,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = secrets.resolve("admin.key");
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Secret secret = Secret.random();
        Files.writeString(
                file, secret.text() + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        database.commit(jdbc ->
                        jdbc.sql(
                                        """
                                        INSERT INTO api_key (hash, name, tenant, scopes, created_at)
                                        VALUES (?, 'admin', 'default', 'upload read admin', ?)
                                        """)
                                .param(secret.hash())
                                .param(clock.millis())
                                .update())
                .join();
        log.info("first start: wrote the admin key to {}", file);
    }
}
