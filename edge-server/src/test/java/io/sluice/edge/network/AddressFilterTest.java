package io.sluice.edge.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFilterTest {
    private static final AddressFilter PUBLIC =
            new AddressFilter(List.of(), List.of(80, 443), "sluice.webhook");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatOnlyThisHostCanReachIsRefused(String address) {
        assertThat(PUBLIC.lets(InetAddress.ofLiteral(address))).isFalse();
        assertThatThrownBy(() -> PUBLIC.require(InetAddress.ofLiteral(address)))
                .isInstanceOf(TargetRefused.class)
                .hasMessageContaining("sluice.webhook.allowed-networks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "11.0.0.1",
                "100.128.0.1",
                "172.32.0.1",
                "93.184.216.34",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void publicAddressesAreLet(String address) {
        assertThat(PUBLIC.lets(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void anAllowedNetworkIsLet() {
        AddressFilter filter =
                new AddressFilter(
                        List.of(Network.valueOf("10.1.0.0/16"), Network.valueOf("fd00::/8")),
                        List.of(),
                        "sluice.webhook");
        assertThat(filter.lets(InetAddress.ofLiteral("10.1.255.1"))).isTrue();
        assertThat(filter.lets(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(filter.lets(InetAddress.ofLiteral("fd12::1"))).isTrue();
        assertThat(filter.lets(InetAddress.ofLiteral("fc12::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/",
                "file:///etc/passwd",
                "//example.org/",
                "http:/example.org",
                "http://",
                "http://user@example.org/",
                "http://example.org/#fragment",
                "http://example.org:8080/",
                "http://exämple.org/",
                "http://example.org/a b",
                "javascript:alert(1)"
            })
    void whatIsNoPlainUrlIsRefused(String url) {
        assertThatThrownBy(() -> PUBLIC.target(url)).isInstanceOf(TargetRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "example.org", "::/129"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Network.valueOf(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
