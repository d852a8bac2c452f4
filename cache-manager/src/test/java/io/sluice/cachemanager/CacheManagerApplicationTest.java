package io.sluice.cachemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.cache.DiskCache;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class CacheManagerApplicationTest {
    @TempDir Path data;

    @Test
    void showsHealthAndMetricsOnItsManagementPort() throws Exception {
        try (ConfigurableApplicationContext context = start();
                HttpClient http = HttpClient.newHttpClient()) {
            TestCache.put(context.getBean(DiskCache.class), "key");
            context.getBean(DiskCache.class).find("key").orElseThrow().close();
            await().until(() -> get(http, context, "health/readiness").contains("resident"));
            assertThat(get(http, context, "health/liveness")).contains("\"UP\"");
            assertThat(get(http, context, "prometheus"))
                    .contains(
                            List.of(
                                    "sluice_cache_hits_total 1.0",
                                    "sluice_cache_misses_total 0.0",
                                    "sluice_cache_fills_total 1.0",
                                    "sluice_cache_evictions_total{reason=\"max-size\"} 0.0",
                                    "sluice_cache_bytes 4096.0",
                                    "sluice_cache_entries 1.0",
                                    "sluice_cache_damaged_files_total 0.0"));
        }
    }

    @Test
    void refusesADirectoryThatIsNoCacheInOneLine() throws IOException {
        Files.createDirectories(data.resolve("cache"));
        Files.writeString(data.resolve("cache/thesis.tex"), "not yet saved elsewhere");
        assertThatThrownBy(this::start)
                .rootCause()
                .hasMessageStartingWith("sluice.cache.directory = " + data.resolve("cache"))
                .hasMessageContaining("holds thesis.tex");
        assertThat(data.resolve("cache/thesis.tex")).exists();
    }

    private ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(CacheManagerApplication.class);
        application.setDefaultProperties(Map.of("sluice.role", "cache-manager"));
        return application.run("--sluice.data=" + data, "--sluice.cache-manager.management-port=0");
    }

    private static String get(
            HttpClient http, ConfigurableApplicationContext context, String endpoint)
            throws IOException, InterruptedException {
        URI uri =
                URI.create(
                        "http://127.0.0.1:%s/actuator/%s"
                                .formatted(
                                        context.getEnvironment()
                                                .getRequiredProperty("local.server.port"),
                                        endpoint));
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
