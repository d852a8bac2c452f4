package io.sluice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Settings;
import io.sluice.model.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

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
    void passDescriptorsOnlyWhenToldTo() {
        ChannelProperties set =
                bind(
                        Map.of(
                                "sluice.channel.unix.pass-descriptors", "true",
                                "sluice.channel.unix.store", "/srv/originals",
                                "sluice.channel.group", "near",
                                "sluice.channel.groups.near.weight", "2"));
        for (ChannelProperties.Unix unix : List.of(set.unix(), set.served().unix())) {
            assertThat(unix.passDescriptors()).isTrue();
            assertThat(unix.store()).isEqualTo(Path.of("/srv/originals"));
        }
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
                                "sluice.channel.shm.ring-size", "256KB",
                                "sluice.channel.tcp.insecure", "true",
                                "sluice.channel.amqp.queue-prefix", "photos"));
        assertThat(set.transport()).isEqualTo(Transport.UNIX);
        assertThat(set.connections()).isEqualTo(2);
        assertThat(set.unix())
                .isEqualTo(
                        new ChannelProperties.Unix(
                                Path.of("/run/sluice"),
                                List.of(10, 20),
                                false,
                                Path.of("var/store")));
        assertThat(set.ping())
                .isEqualTo(
                        new ChannelProperties.Ping(Duration.ofSeconds(1), Duration.ofSeconds(3)));
        assertThat(set.shm().ringSize()).isEqualTo(DataSize.ofKilobytes(256));
        assertThat(set.tcp().insecure()).isTrue();
        assertThat(set.amqp().queuePrefix()).isEqualTo("photos");
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
                        "sluice.channel.groups.a.unix.directory", "/run/sluice",
                        "sluice.channel.groups.b.transport", "tcp",
                        "sluice.channel.groups.b.unix.directory", "/run/sluice"),
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

    @ParameterizedTest
    @ValueSource(strings = {"0", "64KB", "192KB", "128MB"})
    void refuseARingOfAnOddSize(String size) {
        assertRefused(
                "sluice.channel.shm.ring-size", size, "must be a power of two, 128KB to 64MB");
    }

    @Test
    void refuseAPingThatNeverComes() {
        assertRefused("sluice.channel.ping.interval", "0s", "must be above 0");
    }

    @Test
    void refuseATimeoutThatNoPingCanMeet() {
        assertRefused("sluice.channel.ping.timeout", "5s", "must be above ping.interval (PT5S)");
    }

    @Nested
    class OfGroups {
        @Test
        void areThoseOfTheTopLevelButForWhatIsSet() {
            ChannelProperties set =
                    bind(
                            Map.of(
                                    "sluice.data", "/srv",
                                    "sluice.channel.connections", "3",
                                    "sluice.channel.ping.interval", "1s",
                                    "sluice.channel.groups.local.kinds", "process",
                                    "sluice.channel.groups.far.connections", "2",
                                    "sluice.channel.groups.far.capabilities", "render",
                                    "sluice.channel.groups.far.kinds", "render",
                                    "sluice.channel.groups.far.weight", "7",
                                    "sluice.channel.groups.far.tier", "1",
                                    "sluice.channel.groups.far.processes", "2"));
            GroupProperties far = Objects.requireNonNull(set.groups().get("far"));
            assertThat(far.weight()).isEqualTo(7);
            assertThat(far.tier()).isEqualTo(1);
            assertThat(far.processes()).isEqualTo(2);
            assertThat(far.kinds()).containsExactly(Job.Kind.RENDER);
            ChannelProperties alone = set.of("far", far);
            assertThat(alone.group()).isEqualTo("far");
            assertThat(alone.capabilities()).containsExactly(Capability.RENDER);
            assertThat(alone.connections()).isEqualTo(2);
            assertThat(alone.ping().interval()).isEqualTo(Duration.ofSeconds(1));
            assertThat(alone.unix().directory()).isEqualTo(Path.of("/srv/run/far"));
            assertThat(alone.groups()).isEmpty();
            GroupProperties local = Objects.requireNonNull(set.groups().get("local"));
            assertThat(local.weight()).isEqualTo(1);
            assertThat(local.capabilities()).containsExactlyInAnyOrder(Capability.values());
            assertThat(set.of("local", local).connections()).isEqualTo(3);
        }

        @Test
        void areChosenByTheGroupThatAProcessorServes() {
            Map<String, Object> groups =
                    Map.of(
                            "sluice.channel.group", "b",
                            "sluice.channel.groups.a.tier", "0",
                            "sluice.channel.groups.b.connections", "2");
            assertThat(bind(groups).served().connections()).isEqualTo(2);
            ChannelProperties unnamed = bind(Map.of("sluice.channel.groups.a.tier", "0"));
            assertThatThrownBy(unnamed::served)
                    .hasMessage(
                            "sluice.channel.group = default: there is no such group; name one of [a]");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "b.weight | 0 | sluice.channel.groups.b.weight = 0: must be 1 to 100",
                    "b.tier | 16 | sluice.channel.groups.b.tier = 16: must be 0 to 15",
                    "b.processes | 65 | sluice.channel.groups.b.processes = 65: must be 0 to 64",
                    "b.capabilities | scan | sluice.channel.groups.b.capabilities: render jobs need render; add it or take them out of kinds",
                    "b.unix.directory | /a | sluice.channel.groups.b.unix: the same as that of a; give each group its own",
                    "[B_2].tier | 1 | sluice.channel.groups.B_2: a name is 1 to 24 of a-z, 0-9 and -"
                })
        void refuseWhatCantBeMeant(String key, String value, String message) {
            Map<String, Object> settings =
                    Map.of(
                            "sluice.channel.groups.a.unix.directory",
                            "/a",
                            ("sluice.channel.groups." + key).replace(".[", "["),
                            value);
            assertThatThrownBy(() -> bind(settings)).rootCause().hasMessage(message);
        }

        @Test
        void leaveNoKindOfJobWithoutAGroup() {
            assertRefused(
                    "sluice.channel.groups.a.kinds",
                    "process",
                    "sluice.channel.groups: none takes render jobs; add it to the kinds of one");
        }

        @Test
        void nameTheGroupThatIsServedAmongThem() {
            assertThatThrownBy(() ->
                            bind(
                                    Map.of(
                                            "sluice.channel.group", "c",
                                            "sluice.channel.groups.a.tier", "0")))
                    .rootCause()
                    .hasMessage(
                            "sluice.channel.group = c: there is no such group; name one of [a]");
        }
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
