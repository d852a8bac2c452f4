package io.sluice.systemtests;

import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A real nginx in front of a Sluice, as docs/how-to/behind-nginx.md has it. Below {@code /} it
 * collects a request's body first, below {@code /files/} it hands it on as it comes. What stands in
 * X-Test-Client it says to be the client's address.
 */
final class Nginx implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private final Process process;
    private final int port;
    private final int tlsPort;
    private final X509Bundle certificate;

    private Nginx(Process process, int port, int tlsPort, X509Bundle certificate) {
        this.process = process;
        this.port = port;
        this.tlsPort = tlsPort;
        this.certificate = certificate;
    }

    /** Starts one with all its files in a directory, and returns when it listens. */
    static Nginx start(Path directory, URI sluice) throws Exception {
        X509Bundle certificate =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=nginx")
                        .addSanIpAddress("127.0.0.1")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        Files.writeString(directory.resolve("certificate.pem"), certificate.getCertificatePEM());
        Files.writeString(directory.resolve("key.pem"), certificate.getPrivateKeyPEM());
        int port = Launch.freePort();
        int tlsPort = Launch.freePort();
        Path configuration =
                Files.writeString(
                        directory.resolve("nginx.conf"),
                        Files.readString(Path.of("src/test/resources/nginx.conf"))
                                .replace("@DIRECTORY@", directory.toString())
                                .replace("@USER@", System.getProperty("user.name"))
                                .replace("@PORT@", Integer.toString(port))
                                .replace("@TLS_PORT@", Integer.toString(tlsPort))
                                .replace("@SLUICE@", sluice.getAuthority()));
        Process process =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "-e",
                                directory.resolve("error.log").toString(),
                                "-c",
                                configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("nginx.log").toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        Nginx nginx = new Nginx(process, port, tlsPort, certificate);
        await().atMost(Duration.ofSeconds(30)).until(() -> nginx.listens(directory));
        return nginx;
    }

    private boolean listens(Path directory) throws IOException {
        if (!process.isAlive()) {
            throw new IOException(Files.readString(directory.resolve("error.log")));
        }
        try (var _ = connect()) {
            return true;
        } catch (IOException e) {
            // Not there yet.
            return false;
        }
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Where it speaks TLS, and HTTP/2 by ALPN. */
    URI tlsBase() {
        return URI.create("https://127.0.0.1:" + tlsPort);
    }

    /** Trusts its certificate. */
    SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("nginx", certificate.getCertificate());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        process.destroy();
        await().until(() -> !process.isAlive());
    }
}
