package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An nginx in the place of the server that tus-js-client's specs upload to: {@code
 * https://tusd.tusdemo.net/files/}. It hands the requests on with a key, waits for the verdict
 * before it reads an upload back, and serves the tests' pages, also on an origin of their own.
 */
final class TusDemo implements AutoCloseable {
    static final String HOST = "tusd.tusdemo.net";

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final String CONFIGURATION =
            """
            daemon off;
            master_process off;
            error_log stderr;
            pid @DIRECTORY@/nginx.pid;
            events {}
            http {
              types { text/html html; text/javascript js mjs; }
              access_log off;
              absolute_redirect off;
              client_max_body_size 0;
              client_body_temp_path @DIRECTORY@/body;
              proxy_temp_path @DIRECTORY@/proxy;
              fastcgi_temp_path @DIRECTORY@/fastcgi;
              uwsgi_temp_path @DIRECTORY@/uwsgi;
              scgi_temp_path @DIRECTORY@/scgi;
              root @PAGES@;
              server { listen 127.0.0.1:@PLAIN@; }
              server {
                listen 127.0.0.1:@TLS@ ssl http2;
                ssl_certificate @DIRECTORY@/certificate.pem;
                ssl_certificate_key @DIRECTORY@/key.pem;
                proxy_http_version 1.1;
                proxy_request_buffering off;
                proxy_set_header Authorization "Bearer @KEY@";
                proxy_set_header Prefer "wait=20";
                proxy_redirect /api/v1/tus/ /files/;
                location = /files/ { proxy_pass @SLUICE@/api/v1/tus; }
                location /files/ { proxy_pass @SLUICE@/api/v1/tus/; }
              }
            }
            """;

    private final Process process;
    private final int plain;
    private final int tls;

    private TusDemo(Process process, int plain, int tls) {
        this.process = process;
        this.plain = plain;
        this.tls = tls;
    }

    static TusDemo start(Sluice sluice, Path pages, Path directory) throws Exception {
        assumeThat(NGINX).as("Debian's nginx").exists();
        new Certificates(directory, HOST).renew();
        int plain = Launch.freePort();
        int tls = Launch.freePort();
        String configuration =
                CONFIGURATION
                        .replace("@DIRECTORY@", directory.toString())
                        .replace("@PAGES@", pages.toString())
                        .replace("@PLAIN@", Integer.toString(plain))
                        .replace("@TLS@", Integer.toString(tls))
                        .replace("@KEY@", sluice.api().key())
                        .replace("@SLUICE@", sluice.base().toString());
        Path file = Files.writeString(directory.resolve("nginx.conf"), configuration);
        Path log = directory.resolve("nginx.log");
        Process process =
                new ProcessBuilder(NGINX.toString(), "-e", "stderr", "-c", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        await().atMost(Sluice.PATIENCE)
                .until(() -> {
                    assertThat(process.isAlive()).as(() -> read(log)).isTrue();
                    return listens(tls);
                });
        return new TusDemo(process, plain, tls);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** How a browser is told that this is the real one. */
    String[] arguments() {
        return new String[] {
            "--host-resolver-rules=MAP " + HOST + ":443 127.0.0.1:" + tls,
            "--ignore-certificate-errors"
        };
    }

    /** The origin that only has pages. */
    String pages() {
        return "http://127.0.0.1:" + plain;
    }

    @Override
    public void close() {
        process.destroy();
        await().atMost(Sluice.PATIENCE).until(() -> !process.isAlive());
    }
}
