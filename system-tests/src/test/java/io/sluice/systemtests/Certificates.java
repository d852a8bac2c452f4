package io.sluice.systemtests;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** An authority, and a certificate of its own for both ends, as files that can be renewed. */
final class Certificates {
    private static final String BUNDLE = "spring.ssl.bundle.pem.channel.";

    private final Path directory;
    private final String name;
    private final X509Bundle authority;

    Certificates(Path directory, String name) throws Exception {
        this.directory = directory;
        this.name = name;
        authority =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=test authority")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
    }

    /** Issues the certificate, at first or again. */
    void renew() throws Exception {
        X509Bundle issued =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=" + name)
                        .addSanDnsName(name)
                        .buildIssuedBy(authority);
        replace("authority.pem", authority.getCertificatePEM());
        replace("key.pem", issued.getPrivateKeyPEM());
        replace("certificate.pem", issued.getCertificatePEM());
    }

    private void replace(String file, String content) throws IOException {
        Path fresh = Files.writeString(directory.resolve(file + ".new"), content);
        Files.move(fresh, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Has both ends use them. */
    Launch configure(Launch launch) {
        return launch.with("sluice.channel.tcp.bundle", "channel")
                .with(BUNDLE + "reload-on-update", true)
                .with(BUNDLE + "keystore.certificate", directory.resolve("certificate.pem"))
                .with(BUNDLE + "keystore.private-key", directory.resolve("key.pem"))
                .with(BUNDLE + "truststore.certificate", directory.resolve("authority.pem"));
    }
}
