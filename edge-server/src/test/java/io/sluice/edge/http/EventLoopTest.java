package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.edge.http.loop.EdgeLoops;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.blockhound.BlockingOperationError;

/** Watches the event loops while every kind of request is made. */
class EventLoopTest {
    @TempDir private static Path data;
    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge = EdgeServer.start(data, "sluice.edge.workers=2");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static <T> T onLoop(Callable<T> work) throws Exception {
        return edge.bean(EdgeLoops.class).onServer(true).next().submit(work).get();
    }

    @Test
    void aBlockingCallOnALoopIsCaught() {
        assertThatThrownBy(() ->
                        onLoop(() -> {
                            Thread.sleep(1);
                            return "slept";
                        }))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(BlockingOperationError.class);
        assertThat(LoopGuard.takeBlocked()).hasSize(1);
    }

    @Test
    void noRequestBlocksALoop() throws Exception {
        Client client = edge.client();
        String large = "0123456789".repeat(300_000);
        String upload = client.upload("clean", large).header("Location");
        client.post(
                "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                        + large
                        + "\r\n--B--",
                "Content-Type",
                "multipart/form-data; boundary=B");
        client.post("x", "Repr-Digest", "sha-512=:" + "A".repeat(86) + "==:");
        client.get(upload);
        client.get("/api/v1/uploads");
        client.get(upload + "/content");
        client.get(upload + "/content", "Range", "bytes=0-1,5-6");
        client.head(upload + "/content");
        String picture = client.upload("picture", "x").header("Location");
        client.get(picture + "/renditions/thumb");
        client.get(picture + "/renditions/thumb");
        client.as("wrong").post(large);
        client.get("/readyz");
        client.get("/nowhere");
        client.delete(upload);
        try (RawClient raw = edge.connect()) {
            raw.send(
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 100\r\n\r\nsome"
                            .formatted(edge.adminKey()));
            raw.reset();
        }
        edge.awaitEmptySpool();
        assertThat(LoopGuard.takeBlocked()).isEmpty();
    }

    @Test
    void everyLoopTellsHowBusyItIs() {
        assertThat(edge.bean(MeterRegistry.class).get("sluice.edge.loop.utilization").gauges())
                .hasSize(2)
                .allSatisfy(gauge -> assertThat(gauge.value()).isBetween(0.0, 1.0));
    }
}
