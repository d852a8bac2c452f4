package io.sluice.edge.http;

import io.sluice.edge.event.EventProperties;
import io.sluice.edge.event.Events;
import io.sluice.edge.http.event.EventStreams;
import io.sluice.edge.identity.Scope;
import io.sluice.edge.upload.Uploads;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The event streams, the API's description, and their paths. */
@Configuration(proxyBeanMethods = false)
class EventRoutes {

    @Bean
    EventStreams eventStreams(Events events, EventProperties properties) {
        return new EventStreams(events, properties);
    }

    @Bean
    RouterFunction<ServerResponse> openApiRoute() throws IOException {
        return new OpenApiResource().route();
    }

    @Bean
    RouterFunction<ServerResponse> eventStreamRoutes(
            Gate gate, Uploads uploads, Events events, EventStreams streams) {
        EventResource resource = new EventResource(uploads, events, streams);
        return new Resource(gate, "/events")
                .on(HttpMethod.GET, Scope.READ, resource::ofAll)
                .route()
                .and(
                        new Resource(gate, "/uploads/{id}/events")
                                .on(HttpMethod.GET, Scope.STATUS, resource::ofUpload)
                                .route());
    }
}
