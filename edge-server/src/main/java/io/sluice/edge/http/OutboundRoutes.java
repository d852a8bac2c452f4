package io.sluice.edge.http;

import io.sluice.edge.http.intake.Receiver;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.http.outbound.Fetcher;
import io.sluice.edge.http.outbound.HttpCourier;
import io.sluice.edge.http.outbound.ImportProperties;
import io.sluice.edge.http.outbound.OutboundLoop;
import io.sluice.edge.identity.Scope;
import io.sluice.edge.upload.UploadProperties;
import io.sluice.edge.webhook.Courier;
import io.sluice.edge.webhook.WebhookProperties;
import io.sluice.edge.webhook.Webhooks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What leads out: the webhooks and the imports, their paths and their clients. */
@Configuration(proxyBeanMethods = false)
class OutboundRoutes {

    @Bean(destroyMethod = "close")
    OutboundLoop outboundLoop() {
        return new OutboundLoop();
    }

    @Bean
    Courier courier(OutboundLoop loop, WebhookProperties properties) {
        return new HttpCourier(loop, properties);
    }

    @Bean
    Fetcher fetcher(
            OutboundLoop loop,
            ImportProperties properties,
            Receiver receiver,
            UploadProperties upload) {
        return new Fetcher(loop, properties, receiver, upload.maxSize().bytes());
    }

    @Bean
    RouterFunction<ServerResponse> importRoute(
            Gate gate,
            UploadPolicy policy,
            Fetcher fetcher,
            Entrance entrance,
            Handover handover,
            Waiting waiting,
            EdgeMeters meters,
            ImportProperties properties) {
        ImportResource resource =
                new ImportResource(
                        policy,
                        fetcher,
                        entrance,
                        handover,
                        waiting,
                        meters,
                        properties.maxConcurrent());
        return new Resource(gate, "/imports")
                .on(HttpMethod.POST, Scope.UPLOAD, resource::create)
                .route();
    }

    @Bean
    RouterFunction<ServerResponse> webhookPaths(Gate gate, Webhooks webhooks) {
        WebhookResource resource = new WebhookResource(webhooks);
        return new Resource(gate, "/webhooks")
                .on(HttpMethod.GET, Scope.ADMIN, resource::list)
                .on(HttpMethod.POST, Scope.ADMIN, resource::create)
                .route()
                .and(
                        new Resource(gate, "/webhooks/{id}")
                                .on(HttpMethod.GET, Scope.ADMIN, resource::read)
                                .on(HttpMethod.DELETE, Scope.ADMIN, resource::delete)
                                .route())
                .and(post(gate, "/webhooks/{id}/enable", resource::enable))
                .and(post(gate, "/webhooks/{id}/disable", resource::disable))
                .and(post(gate, "/webhooks/{id}/rotate-secret", resource::rotateSecret))
                .and(
                        new Resource(gate, "/webhooks/{id}/deliveries")
                                .on(HttpMethod.GET, Scope.ADMIN, resource::deliveries)
                                .route())
                .and(post(gate, "/webhooks/{id}/deliveries/{delivery}/replay", resource::replay));
    }

    private static RouterFunction<ServerResponse> post(
            Gate gate, String path, Resource.Handler handler) {
        return new Resource(gate, path).on(HttpMethod.POST, Scope.ADMIN, handler).route();
    }
}
