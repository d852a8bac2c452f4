package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.edge.event.EventProperties;
import io.sluice.edge.http.outbound.ImportProperties;
import io.sluice.edge.network.Network;
import io.sluice.edge.webhook.WebhookProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OutboundPropertiesTest {
    private static <T> T bind(String prefix, Class<T> type, String... settings) {
        Map<String, String> keys = new HashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            keys.put(prefix + '.' + setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new Binder(new MapConfigurationPropertySource(keys))
                .bindOrCreate(
                        prefix,
                        Bindable.of(type),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, _ -> true));
    }

    @Test
    void eventsHaveDefaultsAndKeys() {
        assertThat(bind("sluice.event", EventProperties.class))
                .isEqualTo(
                        new EventProperties(
                                100_000, Duration.ofDays(7), 1024, Duration.ofSeconds(15)));
        assertThat(
                        bind(
                                "sluice.event",
                                EventProperties.class,
                                "keep=1",
                                "keep-for=1m",
                                "max-subscribers=2",
                                "heartbeat=1s"))
                .isEqualTo(new EventProperties(1, Duration.ofMinutes(1), 2, Duration.ofSeconds(1)));
    }

    @Test
    void webhooksHaveDefaultsAndKeys() {
        WebhookProperties usual = bind("sluice.webhook", WebhookProperties.class);
        assertThat(usual.allowedNetworks()).isEmpty();
        assertThat(usual.allowedPorts()).containsExactly(80, 443);
        assertThat(usual.retries())
                .hasSize(9)
                .startsWith(Duration.ofSeconds(5))
                .endsWith(Duration.ofHours(24));
        assertThat(
                        bind(
                                "sluice.webhook",
                                WebhookProperties.class,
                                "allowed-networks=10.0.0.0/8,fd00::/8",
                                "allowed-ports=8080",
                                "max-endpoints=3",
                                "concurrency=5",
                                "connect-timeout=1s",
                                "timeout=2s",
                                "retries=1s",
                                "disable-after=1h",
                                "secret-overlap=2h",
                                "keep=9",
                                "keep-for=3h"))
                .isEqualTo(
                        new WebhookProperties(
                                List.of(Network.valueOf("10.0.0.0/8"), Network.valueOf("fd00::/8")),
                                List.of(8080),
                                3,
                                5,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                List.of(Duration.ofSeconds(1)),
                                Duration.ofHours(1),
                                Duration.ofHours(2),
                                9,
                                Duration.ofHours(3)));
    }

    @Test
    void importsHaveDefaultsAndKeys() {
        assertThat(bind("sluice.import", ImportProperties.class))
                .isEqualTo(
                        new ImportProperties(
                                List.of(),
                                List.of(80, 443),
                                32,
                                5,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(15),
                                Duration.ofMinutes(10)));
        assertThat(
                        bind(
                                "sluice.import",
                                ImportProperties.class,
                                "allowed-networks=127.0.0.1",
                                "allowed-ports=",
                                "max-concurrent=1",
                                "max-redirects=0",
                                "connect-timeout=1s",
                                "silence=2s",
                                "timeout=3s"))
                .isEqualTo(
                        new ImportProperties(
                                List.of(Network.valueOf("127.0.0.1/32")),
                                List.of(),
                                1,
                                0,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"keep=0", "keep-for=0s", "max-subscribers=0", "heartbeat=1ms", "typo=1"})
    void eventsRefuse(String setting) {
        assertThatThrownBy(() -> bind("sluice.event", EventProperties.class, setting))
                .isInstanceOf(BindException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allowed-networks=example.org",
                "allowed-networks=10.0.0.0/40",
                "max-endpoints=0",
                "concurrency=0",
                "timeout=0s",
                "keep=0",
                "keep-for=1h",
                "typo=1"
            })
    void webhooksRefuse(String setting) {
        assertThatThrownBy(() -> bind("sluice.webhook", WebhookProperties.class, setting))
                .isInstanceOf(BindException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-concurrent=0", "max-redirects=21", "silence=0s", "typo=1"})
    void importsRefuse(String setting) {
        assertThatThrownBy(() -> bind("sluice.import", ImportProperties.class, setting))
                .isInstanceOf(BindException.class);
    }
}
