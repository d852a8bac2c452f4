package io.sluice.channel.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.Transport;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class PeerMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ChannelMetrics metrics = new ChannelMetrics(registry, Transport.UNIX, "local");

    private int metersOf(String peer) {
        return registry.find("sluice.channel.peer.credit").tag("peer", peer).meters().size()
                + registry.find("sluice.channel.peer.bytes").tag("peer", peer).meters().size();
    }

    @Test
    void addUpWhatAllConnectionsToAPeerHave() {
        metrics.join("processor-1", () -> 3);
        metrics.join("processor-1", () -> 4);
        assertThat(
                        registry.get("sluice.channel.peer.credit")
                                .tags("peer", "processor-1", "group", "local", "transport", "unix")
                                .gauge()
                                .value())
                .isEqualTo(7);
    }

    @Test
    void goWithTheLastConnection() {
        IntSupplier first = () -> 3;
        IntSupplier second = () -> 4;
        metrics.join("processor-1", first);
        metrics.join("processor-1", second);
        metrics.leave("processor-1", first);
        assertThat(metersOf("processor-1")).isEqualTo(3);
        metrics.leave("processor-1", second);
        assertThat(metersOf("processor-1")).isZero();
        assertThat(registry.find("sluice.channel.peer.roundtrip").meters()).isEmpty();
    }

    @Test
    void areNoMoreThanThereMayBePeers() {
        for (int i = 0; i < 300; i++) {
            metrics.join("edge-" + i, () -> 0);
        }
        assertThat(registry.find("sluice.channel.peer.credit").meters()).hasSize(256);
        assertThat(metrics.join("edge-1000", () -> 0)).isNull();
        metrics.leave("edge-1000", () -> 0);
    }

    @Test
    void timeTheJobsThatAreOut() {
        JobMeter job = new JobMeter(metrics, metrics.join("processor-1", () -> 3));
        assertThat(registry.get("sluice.channel.peer.outstanding").gauge().value()).isOne();
        job.end("rendered");
        assertThat(registry.get("sluice.channel.peer.outstanding").gauge().value()).isZero();
        assertThat(registry.get("sluice.channel.peer.roundtrip").timer().count()).isOne();
        assertThat(
                        registry.get("sluice.channel.roundtrip")
                                .tags("outcome", "rendered", "group", "local")
                                .timer()
                                .count())
                .isOne();
    }
}
