package io.sluice.channel.amqp;

import io.sluice.channel.AmqpProperties;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** Whom this end trusts to be the broker, and how it shows who it is itself. */
final class BrokerTls {
    private BrokerTls() {}

    /** By the PEM files that are set; where none is, as the JDK does. */
    static SSLContext of(AmqpProperties settings) throws NoSuchAlgorithmException {
        if (settings.ca() == null && settings.certificate() == null) {
            return SSLContext.getDefault();
        }
        PemSslStoreDetails own =
                PemSslStoreDetails.forCertificate(location(settings.certificate()))
                        .withPrivateKey(location(settings.privateKey()));
        PemSslStoreDetails trusted = PemSslStoreDetails.forCertificate(location(settings.ca()));
        return SslBundle.of(
                        new PemSslStoreBundle(
                                settings.certificate() == null ? null : own,
                                settings.ca() == null ? null : trusted))
                .createSslContext();
    }

    private static @Nullable String location(@Nullable Path file) {
        return file == null ? null : file.toUri().toString();
    }
}
