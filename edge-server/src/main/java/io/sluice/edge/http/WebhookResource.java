package io.sluice.edge.http;

import io.sluice.edge.event.Event;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.webhook.DeliveryLog;
import io.sluice.edge.webhook.NewWebhook;
import io.sluice.edge.webhook.Webhook;
import io.sluice.edge.webhook.Webhooks;
import io.sluice.model.UploadState;
import io.sluice.model.WebhookId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code /webhooks} and what lies below it; for admins. */
final class WebhookResource {
    private static final int LOG_PAGE = 50;
    private static final List<String> TYPES =
            Stream.of(UploadState.values()).map(Event::typeOf).toList();

    private final Webhooks webhooks;

    WebhookResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    Mono<ServerResponse> create(ServerRequest request, Identity who) {
        return JsonBody.read(request, WebhookView.Wanted.class)
                .map(wanted -> checked(wanted, who))
                .flatMap(wanted -> Border.cross(() -> webhooks.create(who, wanted)))
                .map(webhook ->
                        JsonAnswer.of(HttpStatus.CREATED, WebhookView.withSecret(webhook))
                                .with(HttpHeaders.CACHE_CONTROL, "no-store")
                                .with(
                                        HttpHeaders.LOCATION,
                                        Api.BASE + "/webhooks/" + webhook.id()));
    }

    private static NewWebhook checked(WebhookView.Wanted wanted, Identity who) {
        if (wanted.url() == null) {
            throw Problem.MALFORMED.because("url is missing");
        }
        List<String> types = Objects.requireNonNullElse(wanted.types(), List.of());
        if (!TYPES.containsAll(types)) {
            throw Problem.MALFORMED.because("the types of events are " + TYPES);
        }
        return new NewWebhook(
                tenant(wanted, who), wanted.url(), types.stream().distinct().toList());
    }

    /** Only who sees all tenants may hear of others' uploads, or of all. */
    private static @Nullable String tenant(WebhookView.Wanted wanted, Identity who) {
        if (who.seesAllTenants()) {
            return wanted.tenant();
        }
        if (wanted.tenant() != null && !who.sees(wanted.tenant())) {
            throw Problem.FORBIDDEN.because(
                    "only admins of the default tenant make others' webhooks");
        }
        return who.tenant();
    }

    private static boolean isVisible(Webhook webhook, Identity who) {
        String owner = webhook.tenant();
        return owner == null ? who.seesAllTenants() : who.sees(owner);
    }

    private Optional<Webhook> find(Identity who, WebhookId id) {
        return webhooks.find(id).filter(webhook -> isVisible(webhook, who));
    }

    Mono<ServerResponse> list(ServerRequest request, Identity who) {
        return Border.cross(webhooks::list)
                .map(all ->
                        JsonAnswer.of(
                                HttpStatus.OK,
                                new WebhookView.All(
                                        all.stream()
                                                .filter(webhook -> isVisible(webhook, who))
                                                .map(WebhookView::of)
                                                .toList())));
    }

    Mono<ServerResponse> read(ServerRequest request, Identity who) {
        WebhookId id = id(request);
        return view(() -> find(who, id));
    }

    Mono<ServerResponse> delete(ServerRequest request, Identity who) {
        WebhookId id = id(request);
        return Border.cross(() -> {
            require(find(who, id));
            webhooks.delete(who, id);
            return JsonAnswer.empty(HttpStatus.NO_CONTENT);
        });
    }

    Mono<ServerResponse> enable(ServerRequest request, Identity who) {
        WebhookId id = id(request);
        return view(() -> webhooks.enable(who, require(find(who, id)).id()));
    }

    Mono<ServerResponse> disable(ServerRequest request, Identity who) {
        WebhookId id = id(request);
        return view(() -> webhooks.disable(who, require(find(who, id)).id()));
    }

    Mono<ServerResponse> rotateSecret(ServerRequest request, Identity who) {
        WebhookId id = id(request);
        return Border.cross(() -> {
            require(find(who, id));
            return JsonAnswer.of(
                            HttpStatus.OK,
                            WebhookView.withSecret(require(webhooks.rotateSecret(who, id))))
                    .with(HttpHeaders.CACHE_CONTROL, "no-store");
        });
    }

    Mono<ServerResponse> deliveries(ServerRequest request, Identity who) {
        WebhookId id = id(request);
        Long before = request.queryParam("cursor").map(WebhookResource::number).orElse(null);
        return Border.cross(() -> {
            require(find(who, id));
            List<DeliveryLog> page = webhooks.deliveries(id, before, LOG_PAGE);
            String next = page.size() < LOG_PAGE ? null : Long.toString(page.getLast().id());
            return JsonAnswer.of(HttpStatus.OK, new WebhookView.Deliveries(page, next));
        });
    }

    Mono<ServerResponse> replay(ServerRequest request, Identity who) {
        WebhookId id = id(request);
        long delivery = number(request.pathVariable("delivery"));
        return Border.cross(() -> {
            require(find(who, id));
            if (!webhooks.replay(who, id, delivery)) {
                throw Problem.NOT_FOUND.because("there is no delivery of this id");
            }
            return JsonAnswer.empty(HttpStatus.ACCEPTED);
        });
    }

    private static Mono<ServerResponse> view(Callable<Optional<Webhook>> call) {
        return Border.cross(call)
                .map(found -> JsonAnswer.of(HttpStatus.OK, WebhookView.of(require(found))));
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.MALFORMED.because("a delivery's id is a number");
        }
        return Long.parseLong(text);
    }

    private static WebhookId id(ServerRequest request) {
        try {
            return WebhookId.parse(request.pathVariable("id"));
        } catch (IllegalArgumentException e) {
            throw noWebhook();
        }
    }

    private static Webhook require(Optional<Webhook> found) {
        return found.orElseThrow(WebhookResource::noWebhook);
    }

    private static RuntimeException noWebhook() {
        return Problem.NOT_FOUND.because("there is no webhook of this id");
    }
}
