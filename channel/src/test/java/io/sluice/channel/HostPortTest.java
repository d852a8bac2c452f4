package io.sluice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "processors.sluice.svc:9000", "[::1]:65535"})
    void isWrittenAsItIsRead(String text) {
        assertThat(HostPort.valueOf(text)).hasToString(text);
    }

    @Test
    void hasNoBracketsInItsHost() {
        assertThat(HostPort.valueOf("[fe80::1%eth0]:9000"))
                .isEqualTo(new HostPort("fe80::1%eth0", 9000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", ":9000", "::1:9000", "host:", "host:x", "http://host:80"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> HostPort.valueOf(text)).hasMessageContaining("must be host:port");
    }

    @Test
    void endsAtThePortThatIsTheLast() {
        assertThatThrownBy(() -> HostPort.valueOf("host:65536"))
                .hasMessageContaining("must be 0 to 65535");
    }
}
