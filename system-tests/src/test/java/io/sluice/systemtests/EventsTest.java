package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsTest {
    private static final byte[] TEXT = "an event".getBytes(StandardCharsets.UTF_8);

    private Sluice sluice;

    @BeforeAll
    void start() throws Exception {
        sluice =
                Launch.fresh("events")
                        .with("sluice.webhook.allowed-networks", "127.0.0.0/8")
                        .with("sluice.webhook.allowed-ports", "")
                        .with("sluice.import.allowed-ports", "")
                        .with("sluice.webhook.retries", "100ms,200ms,500ms,1s,2s,5s")
                        .start();
    }

    @AfterAll
    void stop() {
        sluice.close();
    }

    private Answer register(String url) throws Exception {
        Api api = sluice.api();
        return api.send(
                api.request("/api/v1/webhooks", "Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"url\":\"%s\",\"types\":[\"upload.ready\"]}"
                                                .formatted(url))));
    }

    private Answer importFrom(String url) throws Exception {
        Api api = sluice.api();
        return api.send(
                api.request("/api/v1/imports", "Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"url\":\"%s\"}".formatted(url))));
    }

    private static Set<String> ready(List<EventStream.Event> seen) {
        return seen.stream()
                .filter(event -> event.type().equals("upload.ready"))
                .map(EventStream.Event::subject)
                .collect(Collectors.toSet());
    }

    @Test
    void aStreamIsResumedWithoutLossOrDuplicateAcrossAKilledEdge() throws Exception {
        List<String> uploads = new ArrayList<>();
        List<EventStream.Event> seen = new ArrayList<>();
        try (EventStream before = EventStream.open(sluice.api(), null)) {
            for (int i = 0; i < 5; i++) {
                uploads.add(sluice.api().upload(TEXT, "text/plain"));
            }
            // Cut in the middle of it.
            for (int i = 0; i < 4; i++) {
                seen.add(before.next());
            }
            sluice.awaitReady("edge", sluice.kill("edge"));
        }
        uploads.add(sluice.api().upload(TEXT, "text/plain"));
        try (EventStream after = EventStream.open(sluice.api(), seen.getLast().id())) {
            while (!ready(seen).containsAll(uploads)) {
                seen.add(after.next());
            }
        }
        List<Long> ids = seen.stream().map(EventStream.Event::id).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids.getLast() - ids.getFirst()).isEqualTo(ids.size() - 1L);
    }

    @Test
    void aWebhookThatWasNotTakenIsSentAgainAfterTheEdgeWasKilled() throws Exception {
        try (HookServer receiver = new HookServer()) {
            receiver.holdNext();
            register(receiver.url()).isStatus(201);
            String upload = sluice.api().ready(TEXT, "text/plain");
            HookServer.Hook held = receiver.next();
            assertThat(held.subject()).isEqualTo(upload);
            sluice.awaitReady("edge", sluice.kill("edge"));
            HookServer.Hook again = receiver.next();
            assertThat(again.id()).isEqualTo(held.id());
            assertThat(again.subject()).isEqualTo(upload);
        }
    }

    @Test
    void noUrlLeadsTheEdgeToWhereOnlyItCanGo() throws Exception {
        register("http://169.254.169.254/latest/meta-data").isProblem(422, "target-not-allowed");
        register("http://[::1]:8080/").isProblem(422, "target-not-allowed");
        try (HookServer canary = new HookServer()) {
            for (String host : List.of("127.0.0.1", "localhost", "127.1", "[::ffff:7f00:1]")) {
                importFrom("http://" + host + ':' + canary.port() + '/').isStatus(422);
            }
            assertThat(canary.unread()).isZero();
        }
    }
}
