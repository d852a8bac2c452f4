package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9112 allows, however seldom it is met; {@link HostileFramingTest} has the rest. */
@ExtendWith(WithEdgeServer.class)
class FramingTest {
    private final EdgeServer edge;

    FramingTest(EdgeServer edge) {
        this.edge = edge;
    }

    @Nested
    class AHead {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /livez HTTP/1.1\r\nHost: x\r\n",
                    "\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n",
                    "GET http://x/livez HTTP/1.1\r\nHost: x\r\n",
                    "GET HTTP://y:80/livez HTTP/1.1\r\nHost: x\r\n",
                    "GET /livez?a[]=b HTTP/1.1\r\nHost:x\r\n",
                    "GET /livez HTTP/1.1\r\nHost: \t x \t \r\nEmpty:\r\n",
                    "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n",
                    "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 000\r\n",
                    "GET /livez HTTP/1.1\r\nHost:\r\n"
                })
        void mayLookLikeThis(String head) throws Exception {
            try (RawClient raw = edge.connect()) {
                for (int i = 0; i < 3; i++) {
                    assertThat(raw.send(head + "\r\n").readAnswer())
                            .matches("(?s)HTTP/1\\.1 200 .*");
                }
            }
        }
    }

    @Nested
    class ABodyInChunks {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "5\r\nhello\r\n0\r\n\r\n",
                    "0005\r\nhello\r\n000\r\n\r\n",
                    "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
                    "5;a\r\nhello\r\n0;b\r\n\r\n",
                    "5 ;\ta = \"b\\\"\" ; c\r\nhello\r\n0\r\n\r\n",
                    "5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n",
                    "5\r\nhello\r\n0\r\nContent-Length: 99\r\nHost: y\r\n\r\n"
                })
        void mayLookLikeThis(String body) throws Exception {
            String request =
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nTransfer-Encoding: CHUNKED\r\n\r\n%s"
                            .formatted(edge.adminKey(), body);
            try (RawClient raw = edge.connect()) {
                raw.send(request + request);
                for (int i = 0; i < 2; i++) {
                    assertThat(raw.readAnswer())
                            .startsWith("HTTP/1.1 202 ")
                            .contains("\"size\":5,");
                }
            }
        }
    }

    @Test
    void whatIsNoRequestIsCounted() throws Exception {
        var counted =
                edge.bean(MeterRegistry.class)
                        .get("sluice.edge.requests.refused")
                        .tag("code", "malformed")
                        .counter();
        double before = counted.count();
        try (RawClient raw = edge.connect()) {
            assertThat(raw.send("nonsense\r\n\r\n").readAll()).startsWith("HTTP/1.1 400 ");
        }
        assertThat(counted.count()).isEqualTo(before + 1);
    }
}
