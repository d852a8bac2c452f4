package io.sluice.channel.tcp;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** A certificate authority that signs what the tests need. */
public final class Authority {
    private static final Duration YEAR = Duration.ofDays(365);

    private final Instant now = Instant.now();
    private final X509Bundle root;

    public Authority(String name) {
        root =
                built(() ->
                        certificate(name, now.minus(YEAR.multipliedBy(2)), now.plus(YEAR))
                                .setIsCertificateAuthority(true)
                                .buildSelfSigned());
    }

    private static CertificateBuilder certificate(String name, Instant from, Instant to) {
        return new CertificateBuilder().ecp256().subject("CN=" + name).notBefore(from).notAfter(to);
    }

    /** Who has that DNS name and trusts this authority. */
    SslBundle member(String name) {
        return member(name, this);
    }

    /** Who has that DNS name from this authority, and trusts another one. */
    SslBundle member(String name, Authority trusted) {
        return bundle(
                signed(certificate(name, now.minus(YEAR), now.plus(YEAR)).addSanDnsName(name)),
                trusted);
    }

    /** The files of one member, as other programs want them. */
    public record Pem(Path certificate, Path key, Path authority) {}

    /** Writes those of who has that DNS name. */
    public Pem write(Path directory, String name) throws IOException {
        X509Bundle made =
                signed(certificate(name, now.minus(YEAR), now.plus(YEAR)).addSanDnsName(name));
        Path folder = Files.createTempDirectory(directory, name);
        return new Pem(
                Files.writeString(folder.resolve("cert.pem"), made.getCertificatePathPEM()),
                Files.writeString(folder.resolve("key.pem"), made.getPrivateKeyPEM()),
                Files.writeString(folder.resolve("ca.pem"), root.getRootCertificatePEM()));
    }

    /** Who has that URI and trusts this authority. */
    SslBundle memberWithUri(String uri) {
        return bundle(
                signed(
                        certificate("somebody", now.minus(YEAR), now.plus(YEAR))
                                .addSanUriName(URI.create(uri))),
                this);
    }

    /** Whose certificate was good until yesterday. */
    SslBundle expired(String name) {
        return bundle(
                signed(
                        certificate(name, now.minus(YEAR), now.minus(Duration.ofDays(1)))
                                .addSanDnsName(name)),
                this);
    }

    /** Who trusts this authority but has nothing to show. */
    SslBundle anonymous() {
        return bundle(null, this);
    }

    private X509Bundle signed(CertificateBuilder certificate) {
        return built(() -> certificate.buildIssuedBy(root));
    }

    private static X509Bundle built(Callable<X509Bundle> builder) {
        try {
            return builder.call();
        } catch (Exception e) {
            throw new IllegalStateException("a certificate of the test can't be made", e);
        }
    }

    private static SslBundle bundle(@Nullable X509Bundle identity, Authority trusted) {
        PemSslStoreDetails keys =
                new PemSslStoreDetails(
                        null,
                        identity == null ? null : identity.getCertificatePathPEM(),
                        identity == null ? null : identity.getPrivateKeyPEM());
        PemSslStoreDetails trust =
                PemSslStoreDetails.forCertificates(trusted.root.getRootCertificatePEM());
        return SslBundle.of(
                new PemSslStoreBundle(
                        identity == null ? null : PemSslStore.load(keys), PemSslStore.load(trust)));
    }
}
