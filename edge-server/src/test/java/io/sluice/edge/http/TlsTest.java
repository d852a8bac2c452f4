package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {
    private static final String BUNDLE = "spring.ssl.bundle.pem.site.";

    @TempDir private static Path files;
    @TempDir private static Path data;
    private static X509Bundle authority;
    private static EdgeServer edge;

    @BeforeAll
    static void start() throws Exception {
        authority =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=test authority")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        renew("first");
        edge =
                EdgeServer.start(
                        data,
                        "sluice.edge.tls.bundle=site",
                        BUNDLE + "reload-on-update=true",
                        BUNDLE + "keystore.certificate=" + files.resolve("certificate.pem"),
                        BUNDLE + "keystore.private-key=" + files.resolve("key.pem"),
                        "spring.ssl.bundle.watch.file.quiet-period=100ms");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static void renew(String name) throws Exception {
        X509Bundle issued =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=" + name)
                        .addSanIpAddress("127.0.0.1")
                        .buildIssuedBy(authority);
        replace("key.pem", issued.getPrivateKeyPEM());
        replace("certificate.pem", issued.getCertificatePEM());
    }

    private static void replace(String file, String content) throws IOException {
        Path fresh = Files.writeString(files.resolve(file + ".new"), content);
        Files.move(fresh, files.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private static SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("authority", authority.getCertificate());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static HttpClient client(HttpClient.Version version) throws Exception {
        return HttpClient.newBuilder().version(version).sslContext(trust()).build();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + edge.port() + path))
                .header("Authorization", "Bearer " + edge.adminKey());
    }

    private static HttpResponse<byte[]> send(HttpClient client, HttpRequest.Builder request)
            throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void carriesUploadsAndDownloadsInEitherHttp(HttpClient.Version version) throws Exception {
        byte[] body = new byte[3_000_000];
        new Random(1).nextBytes(body);
        try (HttpClient client = client(version)) {
            HttpResponse<byte[]> upload =
                    send(
                            client,
                            to("/api/v1/uploads")
                                    .header("Prefer", "wait=20")
                                    .POST(BodyPublishers.ofByteArray(body)));
            assertThat(upload.version()).isEqualTo(version);
            Client.Answer answer = new Client.Answer(upload);
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            String content = answer.json().path("links").path("content").asString();
            assertThat(send(client, to(content)).body()).isEqualTo(body);
            assertThat(send(client, to(content).header("Range", "bytes=-5")).body()).hasSize(5);
        }
    }

    @Test
    void letsARefusedClientReadWhyInHttp2() throws Exception {
        try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
            HttpRequest.Builder stranger =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "https://127.0.0.1:" + edge.port() + "/api/v1/uploads"))
                            .POST(BodyPublishers.ofByteArray(new byte[5_000_000]));
            assertThat(send(client, stranger).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void letsARefusedClientReadWhyInHttp1() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.getOutputStream()
                    .write(
                            "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\nbegin"
                                    .getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 401 ").contains("connection: close");
        }
    }

    @Test
    void hasNewConnectionsUseANewCertificate() throws Exception {
        try (HttpClient old = client(HttpClient.Version.HTTP_2)) {
            assertThat(send(old, to("/livez")).statusCode()).isEqualTo(200);
            renew("second");
            await().until(() -> subject().equals("CN=second"));
            assertThat(send(old, to("/livez")).statusCode()).isEqualTo(200);
        }
    }

    private static SSLSocket connect() throws Exception {
        return (SSLSocket)
                trust().getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), edge.port());
    }

    private static String subject() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    @Test
    void refusesToStartWithABrokenKey(@TempDir Path other) throws Exception {
        Path broken = Files.writeString(other.resolve("broken.pem"), "no key");
        assertThatThrownBy(() ->
                        EdgeServer.start(
                                other.resolve("data"),
                                "sluice.edge.tls.bundle=site",
                                BUNDLE + "keystore.certificate=" + files.resolve("certificate.pem"),
                                BUNDLE + "keystore.private-key=" + broken))
                .rootCause()
                .hasMessageStartingWith("sluice.edge.tls.bundle = site: can't be used: ");
    }

    @Test
    void refusesToStartWithoutItsBundle(@TempDir Path other) {
        assertThatThrownBy(() -> EdgeServer.start(other, "sluice.edge.tls.bundle=nowhere"))
                .rootCause()
                .hasMessage(
                        "sluice.edge.tls.bundle = nowhere: there is no such bundle below spring.ssl.bundle");
    }
}
