package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithEdgeServer.class)
class ApiTest {
    private final Client client;

    ApiTest(EdgeServer edge) {
        this.client = edge.client();
    }

    @Test
    void anUploadHasAValidatorThatChangesWithIt() throws Exception {
        Answer created = client.upload("clean", "x");
        String path = created.header("Location");
        Answer read = client.get(path);
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(client.get(path, "If-None-Match", read.header("ETag")).status()).isEqualTo(304);
        assertThat(client.head(path).status()).isEqualTo(200);
        assertThat(read.json().path("links").path("self").asString()).isEqualTo(path);
    }

    @Test
    void anUploadCanBeWaitedFor() throws Exception {
        String path = client.post("x").header("Location");
        Answer ended = client.get(path, "Prefer", "wait=20");
        assertThat(ended.json().path("state").asString()).isEqualTo("ready");
        assertThat(ended.header("Preference-Applied")).isEqualTo("wait=20");
    }

    @Test
    void aListingHasPages() throws Exception {
        for (int i = 0; i < 3; i++) {
            client.post("x");
        }
        Answer first = client.get("/api/v1/uploads?limit=2");
        assertThat(first.json().path("uploads").size()).isEqualTo(2);
        String link = first.header("Link");
        assertThat(link).matches("</api/v1/uploads\\?limit=2&cursor=[0-9a-f-]{36}>; rel=\"next\"");
        Answer second = client.get(link.substring(1, link.indexOf('>')));
        assertThat(second.json().path("uploads").size()).isPositive();
        assertThat(second.json().path("uploads").path(0).path("id"))
                .isNotEqualTo(first.json().path("uploads").path(1).path("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=no", "limit=0", "limit=x", "cursor=1"})
    void aListingRefusesAMalformedQuery(String query) throws Exception {
        assertThat(client.get("/api/v1/uploads?" + query).code()).isEqualTo("malformed");
    }

    @Test
    void aResourceSaysWhichMethodsItHas() throws Exception {
        Answer answer = client.send("PATCH", "/api/v1/uploads", BodyPublishers.noBody());
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST, GET, HEAD, OPTIONS");
        Answer options = client.send("OPTIONS", "/api/v1/uploads", BodyPublishers.noBody());
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).contains("POST");
    }

    @Test
    void anAnswerIsOnlyGivenInAFormThatIsAccepted() throws Exception {
        assertThat(client.get("/api/v1/uploads", "Accept", "text/html").code())
                .isEqualTo("not-acceptable");
        assertThat(client.get("/api/v1/uploads", "Accept", "nonsense").code())
                .isEqualTo("malformed");
        assertThat(client.get("/api/v1/uploads", "Accept", "text/*, */*;q=0.1").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/index",
                "/api/v1",
                "/api/v2/uploads",
                "/api/v1/uploads/1",
                "/api/v1/uploads/0192f3a0-0000-7000-8000-000000000000",
                "/api/v1/uploads/0192f3a0-0000-7000-8000-000000000000/content",
                "/api/v1/uploads/..%2f..%2fsecrets"
            })
    void whatIsNotThereIsAProblem(String path) throws Exception {
        Answer answer = client.get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%61pi/v1/uploads", "/api/v1/uploads;a=b", "/api/v1/./uploads"})
    void noSpellingOfAPathLeadsAroundTheKey(String path) throws Exception {
        assertThat(client.as("").get(path).status()).isIn(401, 404);
    }

    @Test
    void theProbesNeedNoKey() throws Exception {
        assertThat(client.as("").get("/livez").status()).isEqualTo(200);
        assertThat(client.as("").get("/readyz").status()).isEqualTo(200);
    }
}
