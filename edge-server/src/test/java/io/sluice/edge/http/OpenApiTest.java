package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.sluice.edge.http.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.reactive.function.server.RouterFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(WithEdgeServer.class)
class OpenApiTest {
    private static final Pattern ROUTE = Pattern.compile("(/api/v1/\\S+) ->");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EdgeServer edge;
    private final Client client;
    private JsonNode document;

    OpenApiTest(EdgeServer edge) {
        this.edge = edge;
        this.client = edge.client();
        this.document = JSON.createObjectNode();
    }

    @BeforeEach
    void read() throws Exception {
        document = client.as("").get("/api/v1/openapi.json").json();
    }

    @Test
    void describesEachPathAndMethodThatIsThereAndNoOther() throws Exception {
        assertThat(described()).isEqualTo(routed());
    }

    private Map<String, Set<String>> described() {
        Map<String, Set<String>> paths = new TreeMap<>();
        document.path("paths")
                .forEachEntry((path, methods) -> {
                    Set<String> names = new TreeSet<>();
                    methods.propertyNames()
                            .forEach(name -> names.add(name.toUpperCase(java.util.Locale.ROOT)));
                    paths.put(path, names);
                });
        return paths;
    }

    private Map<String, Set<String>> routed() throws Exception {
        Map<String, Set<String>> paths = new TreeMap<>();
        for (RouterFunction<?> routes : edge.beans(RouterFunction.class)) {
            Matcher route = ROUTE.matcher(routes.toString());
            while (route.find()) {
                paths.put(route.group(1), methods(route.group(1)));
            }
        }
        return paths;
    }

    private Set<String> methods(String pattern) throws Exception {
        String path = pattern.replaceAll("\\{[^}]*}", "x");
        String allow = client.send("OPTIONS", path, BodyPublishers.noBody()).header("Allow");
        Set<String> methods = new TreeSet<>(Set.of(allow.split(", ")));
        methods.remove("OPTIONS");
        return methods;
    }

    @Nested
    class WhatIsAnsweredIsAsDescribed {
        @Test
        void forUploads() throws Exception {
            for (String name : new String[] {"picture", "hold", "infected", "rejected", "failed"}) {
                expect("Upload", client.upload(name, "x").json());
            }
            expect("UploadPage", client.get("/api/v1/uploads").json());
            expect("Problem", client.get("/api/v1/uploads/x").json());
        }

        @Test
        void forForms() throws Exception {
            String form =
                    "--b\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n\r\nx\r\n--b--\r\n";
            expect(
                    "Uploads",
                    client.post(form, "Content-Type", "multipart/form-data; boundary=b").json());
        }

        @Test
        void forUploadsThatComeInSeveralRequests() throws Exception {
            TusClient tus = new TusClient(client);
            String upload =
                    tus.create("Upload-Defer-Length", "1")
                            .header("Location")
                            .replace("/tus/", "/uploads/");
            expect("Upload", client.get(upload).json());
            assertThat(client.delete(upload).status()).isEqualTo(204);
            try (EventReader events =
                    new EventReader(edge, edge.adminKey(), upload + "/events", null)) {
                for (EventReader.Read event : events.rest()) {
                    expect("CloudEvent", event.json());
                }
            }
        }

        @Test
        void forKeysAndTokens() throws Exception {
            Answer made =
                    new Accounts(client)
                            .post(Accounts.KEYS, "{\"name\":\"a\",\"scopes\":[\"read\"]}");
            expect("Key", made.json());
            expect("Key", client.get(made.header("Location")).json());
            expect("Keys", client.get(Accounts.KEYS).json());
            client.delete(made.header("Location"));
            expect("Token", new Accounts(client).post(Accounts.TOKENS, "{}").json());
        }

        @Test
        void forEvents() throws Exception {
            String id = client.upload("infected", "x").id();
            try (EventReader events =
                    new EventReader(
                            edge, edge.adminKey(), "/api/v1/uploads/" + id + "/events", null)) {
                for (EventReader.Read event : events.rest()) {
                    expect("CloudEvent", event.json());
                }
            }
        }

        @Test
        void forWebhooks() throws Exception {
            JsonNode webhook =
                    client.send(
                                    "POST",
                                    "/api/v1/webhooks",
                                    BodyPublishers.ofString("{\"url\":\"http://localhost/\"}"),
                                    "Content-Type",
                                    "application/json")
                            .json();
            String path = "/api/v1/webhooks/" + webhook.path("id").asString();
            client.upload("clean", "x");
            expect("Webhook", webhook);
            expect("Webhook", client.get(path).json());
            expect("Webhooks", client.get("/api/v1/webhooks").json());
            expect("Deliveries", client.get(path + "/deliveries").json());
            client.delete(path);
        }
    }

    private void expect(String schema, JsonNode answer) {
        ObjectNode root = JSON.createObjectNode();
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", document.path("components"));
        Schema compiled =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(root);
        assertThat(Objects.requireNonNull(compiled).validate(answer))
                .as(answer.toString())
                .isEmpty();
    }
}
