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
                                "sluice.channel.tcp.insecure", "true"));
        assertThat(set.transport()).isEqualTo(Transport.UNIX);
        assertThat(set.connections()).isEqualTo(2);
        assertThat(set.unix())
                .isEqualTo(new ChannelProperties.Unix(Path.of("/run/sluice"), List.of(10, 20)));
        assertThat(set.ping())
                .isEqualTo(
                        new ChannelProperties.Ping(Duration.ofSeconds(1), Duration.ofSeconds(3)));
        assertThat(set.tcp().insecure()).isTrue();
    }

    @Test
    void canAllBeSetForTcp() {
        ChannelProperties.Tcp tcp =
                bind(Map.of(
                                "sluice.channel.transport", "tcp",
                                "sluice.channel.tcp.bundle", "channel",
                                "sluice.channel.tcp.allowed-names", "edge.test,spiffe://x/edge",
                                "sluice.channel.tcp.listen", "[::]:9000",
                                "sluice.channel.tcp.processors", "p.test:9000,10.0.0.7:9001"))
                        .tcp();
        assertThat(tcp)
                .isEqualTo(
                        new ChannelProperties.Tcp(
                                "channel",
                                List.of("edge.test", "spiffe://x/edge"),
                                false,
                                new HostPort("::", 9000),
                                List.of(
                                        new HostPort("p.test", 9000),
                                        new HostPort("10.0.0.7", 9001))));
    }

    @Test
    void refusePlainTextThatNobodyAskedFor() {
        assertRefused("sluice.channel.transport", "tcp", "tcp.insecure = true");
    }

    @Test
    void refuseTlsForAnybody() {
        assertRefused("sluice.channel.tcp.bundle", "channel", "tcp.allowed-names is empty");
    }

    @Test
    void refuseTlsAndPlainTextAtOnce() {
        assertRefused(
                Map.of("sluice.channel.tcp.bundle", "channel", "sluice.channel.tcp.insecure", true),
                "contradicts tcp.bundle = channel");
    }

    @Test
    void refuseTwoGroupsWhoseProcessorsAreAnnouncedInOneDirectory() {
        assertRefused(
                Map.of(
                        "sluice.channel.tcp.insecure", true,
                        "sluice.channel.groups.a.transport", "tcp",
                        "sluice.channel.groups.b.transport", "tcp"),
                "sluice.channel.groups.b.tcp: the same as that of a");
    }

    @Test
    void takeTwoGroupsWhoseProcessorsAreNamed() {
        Map<String, Object> settings =
                Map.of(
                        "sluice.channel.groups.a.transport", "tcp",
                        "sluice.channel.groups.a.tcp.insecure", true,
                        "sluice.channel.groups.a.tcp.processors", "a.test:9000",
                        "sluice.channel.groups.b.transport", "tcp",
                        "sluice.channel.groups.b.tcp.insecure", true,
                        "sluice.channel.groups.b.tcp.processors", "b.test:9000");
        assertThat(bind(settings).groups()).hasSize(2);
    }

    @Test
    void refuseAddressesThatAreNone() {
        assertRefused("sluice.channel.tcp.listen", "9000", "must be host:port");
        assertRefused("sluice.channel.tcp.listen", "x:70000", "must be 0 to 65535");
        assertRefused("sluice.channel.tcp.processors", "x:0", "needs a port above 0");
    }

    @Test
    void refuseAPoolWithoutConnections() {
        assertRefused("sluice.channel.connections", "0", "must be 1 to 16");
    }

    @Test
    void refuseATransportThatIsNotBuilt() {
        assertRefused(
                "sluice.channel.transport",
                "amqp",
                "transport amqp is not available in this build; use unix or tcp");
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
        assertRefused(Map.of(key, value), message);
    }

    private static void assertRefused(Map<String, Object> settings, String message) {
        assertThatThrownBy(() -> bind(settings))
                .isInstanceOf(ConfigurationPropertiesBindException.class)
                .rootCause()
                .hasMessageContaining(message);
    }
}
