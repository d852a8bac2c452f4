package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.database.Database;
import io.sluice.edge.event.Events;
import io.sluice.edge.http.Client.Answer;
import io.sluice.edge.http.EventReader.Read;
import io.sluice.model.UploadId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(WithEdgeServer.class)
class EventStreamTest {
    private static final String ALL = "/api/v1/events";

    private final EdgeServer edge;
    private final Client client;

    EventStreamTest(EdgeServer edge) {
        this.edge = edge;
        this.client = edge.client();
    }

    private EventReader read(String path, @Nullable String lastId) throws Exception {
        return new EventReader(edge, edge.adminKey(), path, lastId);
    }

    private static List<String> types(List<Read> events) {
        return events.stream().map(Read::type).toList();
    }

    private String uploaded(String name) throws Exception {
        return client.upload(name, "x").id();
    }

    @Nested
    class TheStreamOfAnUpload {
        @Test
        void tellsItsWholeStoryAndEndsWithIt() throws Exception {
            String path = client.upload("clean", "x").json().at("/links/events").asString();
            try (EventReader events = read(path, null)) {
                assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
                List<Read> story = events.rest();
                assertThat(types(story))
                        .containsExactly("upload.stored", "upload.processing", "upload.ready");
                assertThat(story.getLast().json().at("/data/contentType").asString())
                        .isEqualTo("text/plain");
            }
        }

        @Test
        void goesOnLiveFromWhatIsKept() throws Exception {
            String id = uploaded("hold");
            try (EventReader events = read("/api/v1/uploads/" + id + "/events", null)) {
                assertThat(types(events.take(2)))
                        .containsExactly("upload.stored", "upload.processing");
                assertThat(client.delete("/api/v1/uploads/" + id).status()).isEqualTo(204);
                assertThat(types(events.rest())).containsExactly("upload.deleted");
            }
        }

        @Test
        void tellsInPassingHowMuchHasCome() throws Exception {
            UploadId id = UploadId.parse(uploaded("hold"));
            try (EventReader events = read("/api/v1/uploads/" + id + "/events", null)) {
                events.take(2);
                edge.bean(Events.class).progress(id, 4711);
                Read progress = Objects.requireNonNull(events.next());
                assertThat(progress.name()).isEqualTo("progress");
                assertThat(progress.id()).isEmpty();
                assertThat(progress.json().path("received").asLong()).isEqualTo(4711);
            }
        }

        @Test
        void tellsHowMuchOfAResumableUploadHasCome() throws Exception {
            TusClient tus = new TusClient(client);
            String upload = tus.create(10, "a");
            String path = upload.replace("/tus/", "/uploads/");
            try (EventReader events = read(path + "/events", null)) {
                events.take(1);
                tus.patch(upload, 0, "hello");
                Read progress = Objects.requireNonNull(events.next());
                assertThat(progress.name()).isEqualTo("progress");
                assertThat(progress.json().path("received").asLong()).isEqualTo(5);
            }
            client.delete(path);
        }

        @Test
        void tellsWhoHasSeenTheEndNotToComeBack() throws Exception {
            String path = "/api/v1/uploads/" + uploaded("clean") + "/events";
            String last;
            try (EventReader events = read(path, null)) {
                last = events.rest().getLast().id();
            }
            try (EventReader events = read(path, last)) {
                assertThat(events.status()).isEqualTo(204);
            }
        }

        @Test
        void isNotFoundByAnotherTenant() throws Exception {
            String path = "/api/v1/uploads/" + uploaded("clean") + "/events";
            assertThat(client.as(EdgeServer.OTHER_TENANT).get(path).status()).isEqualTo(404);
        }
    }

    @Nested
    class TheStreamOfAllUploads {
        @Test
        void isResumedWithoutLossOrDuplicate() throws Exception {
            List<Read> seen = new ArrayList<>();
            try (EventReader events = read(ALL, null)) {
                uploaded("clean");
                seen.addAll(events.take(2));
            }
            uploaded("clean");
            try (EventReader events = read(ALL, seen.getLast().id())) {
                seen.addAll(events.take(4));
                uploaded("clean");
                seen.addAll(events.take(3));
            }
            List<Long> ids = seen.stream().map(event -> Long.valueOf(event.id())).toList();
            assertThat(ids).hasSize(9);
            assertThat(ids.getLast() - ids.getFirst()).isEqualTo(8);
            assertThat(ids).isSorted().doesNotHaveDuplicates();
        }

        @Test
        void showsATenantItsOwn() throws Exception {
            Client other = client.as(EdgeServer.OTHER_TENANT);
            try (EventReader mine = new EventReader(edge, EdgeServer.OTHER_TENANT, ALL, null);
                    EventReader all = read(ALL, null)) {
                String stranger = uploaded("clean");
                String own = other.upload("clean", "x").id();
                assertThat(mine.take(3)).extracting(Read::subject).containsOnly(own);
                assertThat(all.take(6)).extracting(Read::subject).contains(stranger, own);
                // Other tests count on this tenant having nothing.
                assertThat(other.delete("/api/v1/uploads/" + own).status()).isEqualTo(204);
            }
        }

        @Test
        void feedsAReaderThatIsFarBehindFromTheTable() throws Exception {
            try (EventReader first = read(ALL, null)) {
                for (int i = 0; i < 100; i++) {
                    client.post("x");
                }
                List<Read> live = first.take(300);
                try (EventReader late = read(ALL, live.getFirst().id())) {
                    assertThat(late.take(299)).isEqualTo(live.subList(1, 300));
                }
            }
        }
    }

    @Test
    void aMalformedIdIsRefused() throws Exception {
        assertThat(client.get(ALL, "Last-Event-ID", "-1").code()).isEqualTo("malformed");
        assertThat(client.get(ALL, "Accept", "image/png").code()).isEqualTo("not-acceptable");
    }

    @Nested
    class WithTightLimits {
        @TempDir Path directory;

        @Test
        void aSilentStreamIsKeptOpenAndOneTooManyIsRefused() throws Exception {
            try (EdgeServer tight =
                            EdgeServer.start(
                                    directory,
                                    "sluice.event.heartbeat=20ms",
                                    "sluice.event.max-subscribers=1");
                    EventReader open = new EventReader(tight, tight.adminKey(), ALL, null)) {
                assertThat(open.comment()).isEqualTo(":");
                Answer second = tight.client().get(ALL);
                assertThat(second.status()).isEqualTo(503);
                assertThat(second.header("Retry-After")).isNotEmpty();
            }
        }

        @Test
        void aDrainEndsStreamsAsWholeAnswers() throws Exception {
            EdgeServer ending = EdgeServer.start(directory);
            try (EventReader open = new EventReader(ending, ending.adminKey(), ALL, null)) {
                ending.client().post("x");
                assertThat(open.take(1)).hasSize(1);
                Thread closing = Thread.ofVirtual().start(ending::close);
                open.rest();
                closing.join();
            }
        }

        @Test
        void aGapIsTold() throws Exception {
            try (EdgeServer server = EdgeServer.start(directory)) {
                server.client().upload("clean", "x");
                server.bean(Database.class)
                        .commit(jdbc -> jdbc.sql("DELETE FROM event WHERE id <= 2").update())
                        .join();
                try (EventReader events = new EventReader(server, server.adminKey(), ALL, "1")) {
                    Read gap = Objects.requireNonNull(events.next());
                    assertThat(gap.name()).isEqualTo("lost");
                    assertThat(gap.id()).isEmpty();
                    assertThat(gap.json().path("upTo").asLong()).isEqualTo(2);
                    assertThat(Objects.requireNonNull(events.next()).id()).isEqualTo("3");
                }
            }
        }
    }
}
