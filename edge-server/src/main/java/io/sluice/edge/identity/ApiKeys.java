package io.sluice.edge.identity;

import io.sluice.edge.database.Audit;
import io.sluice.edge.database.Database;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The API keys. All are held in memory, by the hash of their secret, so that a request is
 * authenticated on its event loop. The first start makes an admin key and writes it to a file that
 * its owner alone can read; so does a start that finds no admin key that still lives, as nobody
 * could make one then.
 *
 * <p>Concurrency: a key enters the map after its commit and leaves it before the answer to its
 * revocation; requests read without locks.
 */
public final class ApiKeys {
    private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);

    /** All keys are in memory: this many take a few MiB. */
    private static final int MOST = 10_000;

    private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();
    private final Map<String, ApiKey> byCredential = new ConcurrentHashMap<>();
    private final Database database;
    private final InstantSource clock;

    public ApiKeys(Database database, DataDirectory data, InstantSource clock) throws IOException {
        this.database = database;
        this.clock = clock;
        database.read(KeyRows::all).forEach(this::remember);
        if (keys.values().stream().noneMatch(this::isLivingAdmin)) {
            makeAdminKey(data.secrets());
        }
    }

    private void remember(ApiKey key) {
        keys.put(key.hash(), key);
        byCredential.put(key.credential(), key);
    }

    private void forget(ApiKey key) {
        keys.remove(key.hash());
        byCredential.remove(key.credential());
    }

    private boolean isLivingAdmin(ApiKey key) {
        return key.scopes().contains(Scope.ADMIN)
                && key.tenant().equals(Identity.DEFAULT_TENANT)
                && key.isAliveAt(clock.instant());
    }

    /** Who holds the key, if it is one of ours and not expired. */
    public Optional<Identity> authenticate(String secret) {
        return Optional.ofNullable(keys.get(new Secret(secret).hash()))
                .filter(key -> key.isAliveAt(clock.instant()))
                .map(ApiKey::identity);
    }

    /** Whether the key of that credential still is one of ours and not expired. */
    boolean isAlive(String credential) {
        ApiKey key = byCredential.get(credential);
        return key != null && key.isAliveAt(clock.instant());
    }

    /** The keys that the identity may see, oldest first. */
    public List<ApiKey> list(Identity who) {
        return keys.values().stream()
                .filter(key -> who.sees(key.tenant()))
                .sorted(Comparator.comparing(ApiKey::created).thenComparing(ApiKey::hash))
                .toList();
    }

    /** The key of that id, if the identity may see it. */
    public Optional<ApiKey> find(Identity who, String id) {
        return list(who).stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /**
     * Makes a key and writes that to the audit. Blocks until it is durable.
     *
     * @throws TooManyKeys if there are as many as may be
     */
    public NewKey create(Identity who, KeyRequest request) {
        if (keys.size() >= MOST) {
            throw new TooManyKeys("there are %d API keys: revoke some first".formatted(MOST));
        }
        NewKey made = generate(request);
        database.commit(
                        jdbc -> {
                            KeyRows.insert(jdbc, made.key());
                            audit(jdbc, who, "key-created", made.key());
                            return made;
                        })
                .join();
        remember(made.key());
        return made;
    }

    private NewKey generate(KeyRequest request) {
        Secret secret = Secret.random();
        ApiKey key =
                new ApiKey(
                        secret.hash(),
                        request.name(),
                        request.tenant(),
                        request.scopes(),
                        clock.instant(),
                        request.expires());
        return new NewKey(key, secret.text());
    }

    /**
     * Ends a key at once, and writes that to the audit. Blocks until it is durable.
     *
     * @return false if it was gone already
     */
    public boolean revoke(Identity who, ApiKey key) {
        // Out of memory first: if the commit fails the client does not think it revoked, but no
        // request may get in between.
        forget(key);
        try {
            return database.commit(
                            jdbc -> {
                                audit(jdbc, who, "key-revoked", key);
                                return KeyRows.delete(jdbc, key);
                            })
                    .join();
        } catch (RuntimeException e) {
            remember(key);
            throw e;
        }
    }

    private void audit(JdbcClient jdbc, Identity who, String action, ApiKey key) {
        Audit.write(
                jdbc,
                clock.millis(),
                who.asActor(),
                action,
                key.id(),
                "%s, tenant %s, %s".formatted(key.name(), key.tenant(), Scope.words(key.scopes())));
    }

    /** The file comes before the row: a key that nobody could read must not be the only one. */
    private void makeAdminKey(Path secrets) throws IOException {
        NewKey made =
                generate(
                        new KeyRequest(
                                "admin",
                                Identity.DEFAULT_TENANT,
                                EnumSet.of(Scope.UPLOAD, Scope.READ, Scope.ADMIN),
                                null));
        SecretFile file = SecretFile.in(secrets, "admin.key");
        file.write(made.secret() + "\n");
        database.commit(
                        jdbc -> {
                            KeyRows.insert(jdbc, made.key());
                            return made;
                        })
                .join();
        remember(made.key());
        log.info("there was no admin key: wrote one to {}", file.path());
    }
}
