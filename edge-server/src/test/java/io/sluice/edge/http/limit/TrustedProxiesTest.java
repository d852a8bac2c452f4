package io.sluice.edge.http.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class TrustedProxiesTest {
    private final TrustedProxies proxies =
            new TrustedProxies(List.of(Cidr.valueOf("10.0.0.0/8"), Cidr.valueOf("fd00::/8")));

    private String client(String peer, String... fields) {
        HttpHeaders headers = new HttpHeaders();
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        return proxies.clientOf(new InetSocketAddress(InetAddress.ofLiteral(peer), 1), headers)
                .text();
    }

    @Nested
    class AClientThatIsNoProxy {
        @Test
        void isWhereItsConnectionComesFromWhateverItSays() {
            assertThat(
                            client(
                                    "192.0.2.1",
                                    "X-Forwarded-For",
                                    "1.1.1.1",
                                    "Forwarded",
                                    "for=1.1.1.1"))
                    .isEqualTo("192.0.2.1");
        }
    }

    @Nested
    class BehindAProxy {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "X-Forwarded-For | 1.1.1.1                             | 1.1.1.1",
                    "X-Forwarded-For | 9.9.9.9, 1.1.1.1                    | 1.1.1.1",
                    "X-Forwarded-For | 9.9.9.9, 1.1.1.1, 10.3.3.3          | 1.1.1.1",
                    "X-Forwarded-For | 10.1.1.1, 10.3.3.3                  | 10.1.1.1",
                    "X-Forwarded-For | 1.1.1.1:4711                        | 1.1.1.1",
                    "X-Forwarded-For | 2001:db8::7                         | 2001:db8:0:0:0:0:0:7",
                    "X-Forwarded-For | ::ffff:1.1.1.1                      | 1.1.1.1",
                    "X-Forwarded-For | 1.1.1.1, unknown                    | 10.0.0.1",
                    "X-Forwarded-For | example.org                         | 10.0.0.1",
                    "Forwarded       | for=1.1.1.1                         | 1.1.1.1",
                    "Forwarded       | 'proto=https;For=\"[2001:db8::7]:1\";by=_x' | 2001:db8:0:0:0:0:0:7",
                    "Forwarded       | for=9.9.9.9, for=\"1.1.1.1:80\"     | 1.1.1.1",
                    "Forwarded       | for=_hidden                         | 10.0.0.1",
                    "Forwarded       | proto=https                         | 10.0.0.1",
                    "X-Real-IP       | 1.1.1.1                             | 10.0.0.1"
                })
        void theClientIsTheLastThatIsNoProxy(String name, String value, String client) {
            assertThat(client("10.0.0.1", name, value)).isEqualTo(client);
        }

        @Test
        void severalFieldsAreOneList() {
            assertThat(
                            client(
                                    "10.0.0.1",
                                    "X-Forwarded-For",
                                    "9.9.9.9",
                                    "X-Forwarded-For",
                                    "1.1.1.1"))
                    .isEqualTo("1.1.1.1");
        }

        @Test
        void fieldsThatAgreeAreBelievedAndFieldsThatDoNotAreNot() {
            assertThat(client("fd00::1", "X-Forwarded-For", "1.1.1.1", "Forwarded", "for=1.1.1.1"))
                    .isEqualTo("1.1.1.1");
            assertThat(client("10.0.0.1", "X-Forwarded-For", "1.1.1.1", "Forwarded", "for=2.2.2.2"))
                    .isEqualTo("10.0.0.1");
        }
    }

    @Nested
    class TheLimitsOfAnAddress {
        @Test
        void areThoseOfItsIpv6Network() {
            ClientAddress one = new ClientAddress(InetAddress.ofLiteral("2001:db8:1:2:3::4"));
            ClientAddress other = new ClientAddress(InetAddress.ofLiteral("2001:db8:1:2:9::9"));
            ClientAddress far = new ClientAddress(InetAddress.ofLiteral("2001:db8:1:3::4"));
            assertThat(one.site()).isEqualTo(other.site()).isNotEqualTo(far.site());
        }
    }

    @Nested
    class ARange {
        @ParameterizedTest
        @CsvSource({
            "10.0.0.0/8, 10.255.1.1, true",
            "10.0.0.0/8, 11.0.0.0, false",
            "192.0.2.128/25, 192.0.2.127, false",
            "192.0.2.128/25, 192.0.2.200, true",
            "0.0.0.0/0, 8.8.8.8, true",
            "0.0.0.0/0, ::1, false",
            "::1, ::1, true",
            "127.0.0.1, 127.0.0.2, false"
        })
        void containsItsAddresses(String range, String address, boolean isIn) {
            assertThat(Cidr.valueOf(range).contains(InetAddress.ofLiteral(address)))
                    .isEqualTo(isIn);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10/8/8"})
        void isNotMadeOfOtherTexts(String text) {
            assertThatThrownBy(() -> Cidr.valueOf(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + text + "'");
        }
    }
}
