package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.edge.http.limit.Cidr;
import io.sluice.edge.http.limit.RateProperties;
import io.sluice.edge.http.loop.Workers;
import io.sluice.model.ByteSize;
import java.net.InetAddress;
import java.time.Duration;
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

class EdgePropertiesTest {
    private static EdgeProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(
                        "sluice.edge",
                        Bindable.of(EdgeProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, _ -> true));
    }

    @Test
    void haveDefaults() {
        EdgeProperties edge = bind(Map.of());
        assertThat(edge.bind()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(edge.port()).isEqualTo(8080);
        assertThat(edge.managementPort()).isEqualTo(9080);
        assertThat(edge.workers().count()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(edge.limits())
                .isEqualTo(
                        new EdgeProperties.Limits(
                                ByteSize.valueOf("16KiB"),
                                8192,
                                0,
                                0,
                                0,
                                ByteSize.valueOf("1MiB"),
                                ByteSize.valueOf("1KiB"),
                                Duration.ofSeconds(60)));
        assertThat(edge.timeouts())
                .isEqualTo(
                        new EdgeProperties.Timeouts(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5)));
        assertThat(edge.multipart())
                .isEqualTo(
                        new EdgeProperties.Multipart(
                                64, ByteSize.valueOf("8KiB"), ByteSize.valueOf("64KiB")));
        assertThat(edge.cors().allowedOrigins()).isEmpty();
        assertThat(edge.rate())
                .isEqualTo(
                        new RateProperties(
                                new RateProperties.Bucket(0, 100),
                                new RateProperties.Bucket(0, 100),
                                new RateProperties.Failures(100, 1000),
                                65536));
        assertThat(edge.trustedProxies()).isEmpty();
        assertThat(edge.http2())
                .isEqualTo(
                        new EdgeProperties.Http2(
                                false,
                                100,
                                ByteSize.valueOf("1MiB"),
                                ByteSize.valueOf("8MiB"),
                                200));
        assertThat(edge.tls().bundle()).isNull();
    }

    @Test
    void haveKeysForAll() {
        EdgeProperties edge =
                bind(
                        Map.ofEntries(
                                Map.entry("sluice.edge.bind", "0.0.0.0"),
                                Map.entry("sluice.edge.port", "0"),
                                Map.entry("sluice.edge.workers", "3"),
                                Map.entry("sluice.edge.management-port", "1"),
                                Map.entry("sluice.edge.limits.header-size", "8KiB"),
                                Map.entry("sluice.edge.limits.connections", "7"),
                                Map.entry("sluice.edge.limits.connections-per-address", "6"),
                                Map.entry("sluice.edge.limits.uploads-per-key", "5"),
                                Map.entry("sluice.edge.limits.uploads-per-address", "4"),
                                Map.entry("sluice.edge.rate.key.per-second", "0.5"),
                                Map.entry("sluice.edge.rate.key.burst", "3"),
                                Map.entry("sluice.edge.rate.address.per-second", "2"),
                                Map.entry("sluice.edge.rate.address.burst", "1"),
                                Map.entry("sluice.edge.rate.failures.per-second", "0"),
                                Map.entry("sluice.edge.rate.failures.burst", "9"),
                                Map.entry("sluice.edge.rate.max-buckets", "64"),
                                Map.entry("sluice.edge.trusted-proxies", "10.0.0.0/8, ::1"),
                                Map.entry("sluice.edge.limits.write-size", "64KiB"),
                                Map.entry("sluice.edge.limits.min-rate", "10"),
                                Map.entry("sluice.edge.limits.longest-wait", "1m"),
                                Map.entry("sluice.edge.timeouts.header", "1s"),
                                Map.entry("sluice.edge.timeouts.idle", "2s"),
                                Map.entry("sluice.edge.timeouts.stall", "3s"),
                                Map.entry("sluice.edge.timeouts.linger", "0s"),
                                Map.entry("sluice.edge.multipart.parts", "5"),
                                Map.entry("sluice.edge.multipart.part-header", "1KiB"),
                                Map.entry("sluice.edge.multipart.field", "2KiB"),
                                Map.entry("sluice.edge.http2.cleartext", "true"),
                                Map.entry("sluice.edge.http2.streams", "10"),
                                Map.entry("sluice.edge.http2.stream-window", "64KiB"),
                                Map.entry("sluice.edge.http2.connection-window", "128KiB"),
                                Map.entry("sluice.edge.http2.resets", "20"),
                                Map.entry("sluice.edge.tls.bundle", "site"),
                                Map.entry(
                                        "sluice.edge.cors.allowed-origins",
                                        "https://a.example,http://[::1]:8080")));
        assertThat(edge.workers()).isEqualTo(new Workers(3));
        assertThat(edge.limits().connections()).isEqualTo(7);
        assertThat(edge.limits().connectionsPerAddress()).isEqualTo(6);
        assertThat(edge.limits().uploadsPerKey()).isEqualTo(5);
        assertThat(edge.limits().uploadsPerAddress()).isEqualTo(4);
        assertThat(edge.rate())
                .isEqualTo(
                        new RateProperties(
                                new RateProperties.Bucket(0.5, 3),
                                new RateProperties.Bucket(2, 1),
                                new RateProperties.Failures(0, 9),
                                64));
        assertThat(edge.trustedProxies())
                .containsExactly(Cidr.valueOf("10.0.0.0/8"), Cidr.valueOf("::1/128"));
        assertThat(edge.timeouts().linger()).isZero();
        assertThat(edge.multipart().parts()).isEqualTo(5);
        assertThat(edge.http2())
                .isEqualTo(
                        new EdgeProperties.Http2(
                                true,
                                10,
                                ByteSize.valueOf("64KiB"),
                                ByteSize.valueOf("128KiB"),
                                20));
        assertThat(edge.tls().bundle()).isEqualTo("site");
        assertThat(edge.cors().allowedOrigins())
                .containsExactly("https://a.example", "http://[::1]:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "port=65536",
                "management-port=-1",
                "workers=0",
                "workers=many",
                "limits.header-size=1",
                "limits.connections=0",
                "limits.connections-per-address=-1",
                "limits.uploads-per-key=-1",
                "limits.uploads-per-address=-1",
                "rate.key.per-second=-1",
                "rate.address.burst=0",
                "rate.max-buckets=1",
                "limits.write-size=1",
                "limits.min-rate=0",
                "limits.longest-wait=2h",
                "timeouts.header=0s",
                "timeouts.idle=0s",
                "timeouts.stall=2h",
                "timeouts.linger=2h",
                "multipart.parts=0",
                "multipart.part-header=1",
                "multipart.field=1",
                "http2.streams=0",
                "http2.stream-window=1KiB",
                "http2.connection-window=512KiB",
                "http2.resets=0",
                "cors.allowed-origins=a.example",
                "cors.allowed-origins=https://a.example/",
                "misspelt=1"
            })
    void refuseWhatMakesNoSense(String setting) {
        String[] parts = setting.split("=", 2);
        assertThatThrownBy(() -> bind(Map.of("sluice.edge." + parts[0], parts[1])))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining(parts[0].substring(parts[0].lastIndexOf('.') + 1));
    }

    @Test
    void refuseProxiesThatAreNoAddresses() {
        assertThatThrownBy(() -> bind(Map.of("sluice.edge.trusted-proxies", "example.org")))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("example.org");
    }
}
