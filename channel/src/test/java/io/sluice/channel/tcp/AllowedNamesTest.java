package io.sluice.channel.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.SslBundle;

class AllowedNamesTest {
    private static final Authority AUTHORITY = new Authority("authority");

    private static boolean admits(String allowed, SslBundle peer) throws Exception {
        KeyStore keys = Objects.requireNonNull(peer.getStores().getKeyStore());
        X509Certificate certificate =
                (X509Certificate) keys.getCertificate(keys.aliases().nextElement());
        return new AllowedNames(List.of("other.test", allowed)).admits(certificate);
    }

    @Test
    void areDnsNamesInAnyCase() throws Exception {
        assertThat(admits("Edge.test", AUTHORITY.member("eDGE.test"))).isTrue();
    }

    @Test
    void areWholeNames() throws Exception {
        assertThat(admits("edge.test", AUTHORITY.member("xedge.test"))).isFalse();
        assertThat(admits("edge.test", AUTHORITY.member("a.edge.test"))).isFalse();
        assertThat(admits("*.test", AUTHORITY.member("edge.test"))).isFalse();
    }

    @Test
    void areUrisToTheLetter() throws Exception {
        SslBundle edge = AUTHORITY.memberWithUri("spiffe://sluice.test/Edge");
        assertThat(admits("spiffe://sluice.test/Edge", edge)).isTrue();
        assertThat(admits("spiffe://sluice.test/edge", edge)).isFalse();
    }

    @Test
    void areNeverTheSubject() throws Exception {
        assertThat(admits("somebody", AUTHORITY.memberWithUri("spiffe://sluice.test/edge")))
                .isFalse();
    }
}
