package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorsTest {
    @TempDir private Path data;

    private static String ask(EdgeServer edge, String method, String origin, String more)
            throws Exception {
        try (RawClient raw = edge.connect()) {
            return raw.send(
                            "%s /api/v1/tus HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nConnection: close\r\n%s\r\n"
                                    .formatted(method, origin, more))
                    .readAll()
                    .toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final String PREFLIGHT =
            "Access-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: tus-resumable, x-mine\r\n";

    @Nested
    class APageOfAnotherOrigin {
        @Test
        void mayUseNothingByDefault() throws Exception {
            try (EdgeServer edge = EdgeServer.start(data)) {
                assertThat(ask(edge, "OPTIONS", "https://a.example", PREFLIGHT))
                        .startsWith("http/1.1 204 ")
                        .doesNotContain("access-control");
                assertThat(ask(edge, "POST", "https://a.example", "Tus-Resumable: 1.0.0\r\n"))
                        .startsWith("http/1.1 401 ")
                        .doesNotContain("access-control");
            }
        }

        @Test
        void mayUseEverythingIfItIsNamed() throws Exception {
            try (EdgeServer edge =
                    EdgeServer.start(
                            data,
                            "sluice.edge.cors.allowed-origins=https://a.example,http://b.example:81")) {
                assertThat(ask(edge, "OPTIONS", "http://b.example:81", PREFLIGHT))
                        .startsWith("http/1.1 204 ")
                        .contains("access-control-allow-origin: http://b.example:81")
                        .contains("access-control-allow-headers: tus-resumable, x-mine")
                        .contains("patch, put, delete")
                        .contains("tus-extension: creation")
                        .contains("vary: origin");
                assertThat(ask(edge, "POST", "https://a.example", ""))
                        .startsWith("http/1.1 412 ")
                        .contains("access-control-allow-origin: https://a.example")
                        .contains("upload-offset")
                        .contains("location");
                assertThat(ask(edge, "OPTIONS", "https://c.example", PREFLIGHT))
                        .doesNotContain("access-control")
                        .contains("vary: origin");
            }
        }

        @Test
        void mayBeAnyOneIfAllMay() throws Exception {
            try (EdgeServer edge = EdgeServer.start(data, "sluice.edge.cors.allowed-origins=*")) {
                assertThat(ask(edge, "OPTIONS", "https://c.example", PREFLIGHT))
                        .contains("access-control-allow-origin: *");
            }
        }
    }
}
