package io.sluice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class ChannelPropertiesTest {

    private static ChannelProperties bind(Map<String, Object> settings) {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", settings));
            context.register(ChannelConfiguration.class);
            context.refresh();
            return context.getBean(ChannelProperties.class);
        }
    }

    @Test
    void haveDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(Settings.bind(Pings.patient(), Map.of("unix.directory", "var/run")));
    }

    @Test
    void putTheSocketsBelowTheDataDirectory() {
        assertThat(bind(Map.of("sluice.data", "/srv/sluice")).unix().directory())
                .isEqualTo(Path.of("/srv/sluice/run"));
    }

    @Test
    void canAllBeSet() {
        ChannelProperties set =
                bind(
                        Map.of(
                                "sluice.channel.transport", "unix",
                                "sluice.channel.connections", "2",
                                "sluice.channel.unix.directory", "/run/sluice",
                                "sluice.channel.unix.allowed-uids", "10,20",
                                "sluice.channel.ping.interval", "1s",
                                "sluice.channel.ping.timeout", "3s",
                                "sluice.channel.tcp.insecure", "true",
                                "sluice.channel.amqp.queue-prefix", "photos"));
        assertThat(set.transport()).isEqualTo(Transport.UNIX);
        assertThat(set.connections()).isEqualTo(2);
        assertThat(set.unix())
                .isEqualTo(new ChannelProperties.Unix(Path.of("/run/sluice"), List.of(10, 20)));
        assertThat(set.ping())
                .isEqualTo(
                        new ChannelProperties.Ping(Duration.ofSeconds(1), Duration.ofSeconds(3)));
        assertThat(set.tcp().insecure()).isTrue();
        assertThat(set.amqp().queuePrefix()).isEqualTo("photos");
    }

    @Test
    void refuseAPoolWithoutConnections() {
        assertRefused("sluice.channel.connections", "0", "must be 1 to 16");
    }

    @Test
    void refuseATransportThatIsNotBuilt() {
        assertRefused(
                "sluice.channel.transport",
                "tcp",
                "transport tcp is not available in this build; use unix or amqp");
    }

    @Test
    void refuseAPingThatNeverComes() {
        assertRefused("sluice.channel.ping.interval", "0s", "must be above 0");
    }

    @Test
    void refuseATimeoutThatNoPingCanMeet() {
        assertRefused("sluice.channel.ping.timeout", "5s", "must be above ping.interval (PT5S)");
    }

    @Test
    void refuseAKeyThatIsNone() {
        assertRefused("sluice.channel.pings.interval", "5s", "sluice.channel.pings.interval");
    }

    private static void assertRefused(String key, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(key, value)))
                .isInstanceOf(ConfigurationPropertiesBindException.class)
                .rootCause()
                .hasMessageContaining(message);
    }
}
