package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.edge.http.Client.Answer;
import io.sluice.edge.http.HookReceiver.Hook;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WebhookTest {
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String[] SETTINGS = {
        "sluice.webhook.allowed-networks=127.0.0.0/8",
        "sluice.webhook.allowed-ports=",
        "sluice.webhook.retries=20ms,20ms,20ms",
        "sluice.webhook.concurrency=1"
    };

    @TempDir Path directory;
    private EdgeServer edge;
    private HookReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        edge = EdgeServer.start(directory, SETTINGS);
        receiver = new HookReceiver();
    }

    @AfterEach
    void stop() {
        edge.close();
        receiver.close();
    }

    private Answer post(String path, String json) throws Exception {
        return edge.client()
                .send(
                        "POST",
                        path,
                        BodyPublishers.ofString(json),
                        "Content-Type",
                        "application/json");
    }

    private JsonNode register(HookReceiver endpoint, String type) throws Exception {
        Answer answer =
                post(
                        WEBHOOKS,
                        "{\"url\":\"%s\",\"types\":[\"%s\"]}".formatted(endpoint.url(), type));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private String path(JsonNode webhook) {
        return WEBHOOKS + "/" + webhook.path("id").asString();
    }

    private JsonNode deliveries(JsonNode webhook) throws Exception {
        return edge.client().get(path(webhook) + "/deliveries").json().path("deliveries");
    }

    private void awaitState(JsonNode webhook, String state) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> deliveries(webhook).path(0).path("state").asString().equals(state));
    }

    @Test
    void theAdminsOfATenantHaveWebhooksOfTheirOwnOnly() throws Exception {
        JsonNode ours = register(receiver, "upload.ready");
        Client shop = new Accounts(edge.client()).of("shop", "[\"admin\"]");
        Accounts admins = new Accounts(shop);
        String url = "{\"url\":\"%s\"".formatted(receiver.url());

        assertThat(shop.get(path(ours)).status()).isEqualTo(404);
        assertThat(shop.delete(path(ours)).status()).isEqualTo(404);
        assertThat(admins.post(path(ours) + "/rotate-secret", "").status()).isEqualTo(404);
        assertThat(shop.get(WEBHOOKS).json().path("webhooks").isEmpty()).isTrue();
        assertThat(admins.post(WEBHOOKS, url + ",\"tenant\":\"default\"}").code())
                .isEqualTo("forbidden");

        Answer theirs = admins.post(WEBHOOKS, url + "}");
        assertThat(theirs.json().path("tenant").asString()).isEqualTo("shop");
        assertThat(shop.get(path(theirs.json())).status()).isEqualTo(200);
        assertThat(edge.client().get(path(theirs.json())).status()).isEqualTo(200);
    }

    @Test
    void anEventIsSentSignedAsStandardWebhooksSays() throws Exception {
        JsonNode webhook = register(receiver, "upload.ready");
        String id = edge.client().upload("clean", "x").id();
        Hook hook = receiver.next();
        hook.verify(webhook.path("secret").asString());
        assertThat(hook.type()).isEqualTo("upload.ready");
        assertThat(hook.json().path("subject").asString()).isEqualTo(id);
        assertThat(hook.json().path("id").asString()).isEqualTo(hook.id());
        assertThat(hook.json().path("specversion").asString()).isEqualTo("1.0");
        assertThat(hook.json().at("/data/state").asString()).isEqualTo("ready");
        awaitState(webhook, "delivered");
        assertThat(receiver.unread()).isZero();
    }

    @Test
    void aFailureIsTriedAgainAsTheSameMessageAndLogged() throws Exception {
        receiver.answer(500, 302);
        JsonNode webhook = register(receiver, "upload.ready");
        edge.client().upload("clean", "x");
        Hook first = receiver.next();
        Hook second = receiver.next();
        Hook third = receiver.next();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(third.body()).isEqualTo(first.body());
        awaitState(webhook, "delivered");
        JsonNode attempts = deliveries(webhook).path(0).path("attempts");
        assertThat(attempts.findValuesAsString("status")).containsExactly("500", "302", "204");
        assertThat(receiver.unread()).as("a redirect is not followed").isZero();
    }

    @Test
    void aDeliveryThatRanOutOfTriesCanBeReplayed() throws Exception {
        receiver.answer(500, 500, 500, 500);
        JsonNode webhook = register(receiver, "upload.ready");
        edge.client().upload("clean", "x");
        awaitState(webhook, "failed");
        String id = receiver.next().id();
        receiver.next();
        receiver.next();
        receiver.next();
        String delivery = deliveries(webhook).path(0).path("id").asString();
        assertThat(post(path(webhook) + "/deliveries/" + delivery + "/replay", "").status())
                .isEqualTo(202);
        assertThat(receiver.next().id()).isEqualTo(id);
        awaitState(webhook, "delivered");
        assertThat(post(path(webhook) + "/deliveries/999/replay", "").status()).isEqualTo(404);
    }

    @Test
    void anEndpointThatIsGoneIsDisabledAtOnceAndCanBeEnabledAgain() throws Exception {
        receiver.answer(410);
        JsonNode webhook = register(receiver, "upload.ready");
        edge.client().upload("clean", "x");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !edge.client().get(path(webhook)).json().path("enabled").asBoolean());
        assertThat(edge.client().get(path(webhook)).json().path("disabledReason").asString())
                .contains("410");
        receiver.next();
        edge.client().upload("clean", "missed");
        assertThat(post(path(webhook) + "/enable", "").json().path("enabled").asBoolean()).isTrue();
        String id = edge.client().upload("clean", "y").id();
        assertThat(receiver.next().json().path("subject").asString()).isEqualTo(id);
    }

    @Test
    void aSlowEndpointDelaysNoOther() throws Exception {
        try (HookReceiver slow = new HookReceiver()) {
            slow.answer(HookReceiver.SILENCE);
            register(slow, "upload.ready");
            register(receiver, "upload.ready");
            edge.client().upload("clean", "x");
            slow.next();
            for (int i = 0; i < 5; i++) {
                edge.client().upload("clean", "x");
            }
            for (int i = 0; i < 6; i++) {
                receiver.next();
            }
            assertThat(slow.unread()).as("its one place is taken").isZero();
        }
    }

    @Test
    void whatAnEndpointHasNotTakenIsSentAgainAfterARestart() throws Exception {
        receiver.answer(HookReceiver.SILENCE);
        JsonNode webhook = register(receiver, "upload.ready");
        edge.client().upload("clean", "x");
        String id = receiver.next().id();
        edge.close();
        edge = EdgeServer.start(directory, SETTINGS);
        assertThat(receiver.next().id()).isEqualTo(id);
        awaitState(webhook, "delivered");
    }

    @Test
    void aRotatedSecretIsValidBesideTheOld() throws Exception {
        JsonNode webhook = register(receiver, "upload.ready");
        Answer rotated = post(path(webhook) + "/rotate-secret", "");
        assertThat(edge.client().get(path(webhook)).text()).doesNotContain("whsec_");
        edge.client().upload("clean", "x");
        Hook hook = receiver.next();
        hook.verify(webhook.path("secret").asString());
        hook.verify(rotated.json().path("secret").asString());
        assertThat(rotated.json().path("secret")).isNotEqualTo(webhook.path("secret"));
    }

    @Test
    void aTenantsWebhookSeesItsEventsOnly() throws Exception {
        post(
                WEBHOOKS,
                "{\"url\":\"%s\",\"types\":[\"upload.ready\"],\"tenant\":\"other\"}"
                        .formatted(receiver.url()));
        edge.client().upload("clean", "x");
        String own = edge.client().as(EdgeServer.OTHER_TENANT).upload("clean", "x").id();
        assertThat(receiver.next().json().path("subject").asString()).isEqualTo(own);
        assertThat(receiver.unread()).isZero();
    }

    @Test
    void aDeletedWebhookIsGoneWithItsLog() throws Exception {
        JsonNode webhook = register(receiver, "upload.ready");
        edge.client().upload("clean", "x");
        awaitState(webhook, "delivered");
        assertThat(edge.client().delete(path(webhook)).status()).isEqualTo(204);
        assertThat(edge.client().get(path(webhook)).status()).isEqualTo(404);
        assertThat(edge.client().get(WEBHOOKS).json().path("webhooks").size()).isZero();
    }

    @Test
    void onlyAnAdminMayRegisterAndOnlyWhatMakesSense() throws Exception {
        assertThat(edge.client().as(EdgeServer.READER).get(WEBHOOKS).status()).isEqualTo(403);
        assertThat(post(WEBHOOKS, "{}").code()).isEqualTo("malformed");
        assertThat(post(WEBHOOKS, "{\"url\":\"http://a.example\",\"typo\":1}").code())
                .isEqualTo("malformed");
        assertThat(post(WEBHOOKS, "{\"url\":\"http://a.example\",\"types\":[\"x\"]}").code())
                .isEqualTo("malformed");
        assertThat(post(WEBHOOKS, "{\"url\":\"http://10.0.0.1/\"}").code())
                .isEqualTo("target-not-allowed");
        assertThat(post(WEBHOOKS, "{\"url\":\"file:///etc/passwd\"}").code())
                .isEqualTo("target-not-allowed");
    }
}
