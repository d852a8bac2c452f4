package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;

/** Makes keys and tokens over HTTP, as an administrator does. */
record Accounts(Client admin) {
    static final String KEYS = "/api/v1/keys";
    static final String TOKENS = "/api/v1/tokens";

    Answer post(String path, String json) throws Exception {
        return admin.send(
                "POST", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    /** A client of that tenant with those scopes, as JSON. */
    Client of(String tenant, String scopes) throws Exception {
        Answer made =
                post(
                        KEYS,
                        "{\"name\":\"for %s\",\"tenant\":\"%s\",\"scopes\":%s}"
                                .formatted(tenant, tenant, scopes));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return admin.as(made.json().path("key").asString());
    }

    /** A client with an upload token of those limits. */
    Client withToken(String limits) throws Exception {
        Answer issued = post(TOKENS, limits);
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        return admin.as(issued.json().path("token").asString());
    }
}
