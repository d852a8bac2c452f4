package io.sluice.edge.http.outbound;

import io.netty.buffer.Unpooled;
import io.sluice.edge.network.AddressFilter;
import io.sluice.edge.network.TargetRefused;
import io.sluice.edge.webhook.Courier;
import io.sluice.edge.webhook.Message;
import io.sluice.edge.webhook.Reply;
import io.sluice.edge.webhook.WebhookProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Sends messages by HTTP. Of an answer only its status is read: its body may be anything. */
public final class HttpCourier implements Courier {
    private final HttpClient client;
    private final AddressFilter filter;
    private final Duration timeout;

    public HttpCourier(OutboundLoop loop, WebhookProperties properties) {
        this.filter = properties.filter();
        this.timeout = properties.timeout();
        this.client = loop.client(filter, properties.connectTimeout(), timeout);
    }

    @Override
    public CompletableFuture<Reply> send(Message message) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Mono.defer(() -> exchange(message))
                .timeout(timeout)
                .onErrorResume(failure -> Mono.just(Reply.without(words(failure))))
                .defaultIfEmpty(Reply.without("no answer"))
                .subscribe(reply::complete, reply::completeExceptionally);
        return reply;
    }

    private Mono<Reply> exchange(Message message) {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        return client.headers(headers ->
                        headers.set("Content-Type", "application/json")
                                .set("Content-Length", body.length)
                                .set("webhook-id", message.id())
                                .set("webhook-timestamp", message.timestamp())
                                .set("webhook-signature", message.signature()))
                .post()
                .uri(filter.target(message.url()))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseConnection((response, connection) -> {
                    connection.dispose();
                    return Mono.just(Reply.of(response.status().code()));
                })
                .next();
    }

    private String words(Throwable failure) {
        return switch (failure) {
            case TargetRefused refused -> String.valueOf(refused.getMessage());
            case TimeoutException _ ->
                    "no answer within %d ms (sluice.webhook.timeout)".formatted(timeout.toMillis());
            default -> failure.toString();
        };
    }
}
