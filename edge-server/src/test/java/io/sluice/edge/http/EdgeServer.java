package io.sluice.edge.http;

import io.sluice.cache.DiskCache;
import io.sluice.channel.Dispatcher;
import io.sluice.edge.EdgeApplication;
import io.sluice.edge.database.Database;
import io.sluice.edge.identity.ApiKeys;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The whole edge on free ports over a directory of the test's, with a processor that is a fake. */
final class EdgeServer implements AutoCloseable {
    static final String OTHER_TENANT = "sluice_other-tenant";
    static final String READER = "sluice_reader";
    static final String EXPIRED = "sluice_expired";

    private final ConfigurableApplicationContext context;
    private final Path data;

    private EdgeServer(ConfigurableApplicationContext context, Path data) {
        this.context = context;
        this.data = data;
    }

    /** What the test puts in the place of the real things. */
    static class Stage {
        @Bean
        @Primary
        Dispatcher fakeProcessor(ObjectProvider<DiskCache> cache) {
            return new FakeProcessor(cache);
        }

        /** Reads the keys again, with some more than the first start makes. */
        @Bean
        @Primary
        ApiKeys moreKeys(
                ApiKeys apiKeys, Database database, DataDirectory data, InstantSource clock)
                throws IOException {
            insert(database, OTHER_TENANT, "other", "upload read", Long.MAX_VALUE / 1_000_000);
            insert(database, READER, "default", "read", Long.MAX_VALUE / 1_000_000);
            insert(database, EXPIRED, "default", "upload read", 1);
            return new ApiKeys(database, data, clock);
        }

        private static void insert(
                Database database, String secret, String tenant, String scopes, long expires) {
            database.commit(jdbc ->
                            jdbc.sql(
                                            """
                                            INSERT OR IGNORE INTO api_key (hash, name, tenant, scopes, created_at, expires_at)
                                            VALUES (?, ?, ?, ?, 0, ?)
                                            """)
                                    .params(hash(secret), secret, tenant, scopes, expires)
                                    .update())
                    .join();
        }

        private static String hash(String secret) {
            try {
                return HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(secret.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final List<String> USUAL =
            List.of(
                    "sluice.edge.port=0",
                    "sluice.edge.management-port=0",
                    "sluice.disk.min-free=1MiB",
                    "sluice.cache.min-free=0%",
                    "sluice.cache.zone-size=1MiB",
                    "logging.level.root=warn");

    private static void put(Map<String, String> arguments, String setting) {
        arguments.put(setting.substring(0, setting.indexOf('=')), "--" + setting);
    }

    static EdgeServer start(Path data, String... settings) {
        LoopGuard.install();
        Map<String, String> arguments = new LinkedHashMap<>();
        for (String setting : USUAL) {
            put(arguments, setting);
        }
        put(arguments, "sluice.data=" + data);
        for (String setting : settings) {
            put(arguments, setting);
        }
        return new EdgeServer(
                new SpringApplicationBuilder(EdgeApplication.class, Stage.class)
                        .properties(Map.of("sluice.role", "edge"))
                        .run(arguments.values().toArray(String[]::new)),
                data);
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    Client client() {
        return new Client(port(), adminKey());
    }

    String adminKey() {
        try {
            return Files.readString(data.resolve("secrets/admin.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient connect() throws IOException {
        return new RawClient(port());
    }

    Path data() {
        return data;
    }

    List<Path> spooled() {
        try (Stream<Path> files = Files.list(data.resolve("spool"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitEmptySpool() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> spooled().isEmpty());
    }

    @Override
    public void close() {
        context.close();
    }
}
