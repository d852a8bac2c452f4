package io.sluice.edge.http;

import io.sluice.edge.identity.ApiKeys;
import io.sluice.edge.identity.IdentityProperties;
import io.sluice.edge.identity.Scope;
import io.sluice.edge.identity.UploadTokens;
import io.sluice.edge.upload.Profiles;
import io.sluice.edge.upload.UploadProperties;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The resources of keys and tokens, and their paths. */
@Configuration(proxyBeanMethods = false)
class IdentityRoutes {

    @Bean
    RouterFunction<ServerResponse> keyRoutes(Gate gate, ApiKeys keys, InstantSource clock) {
        KeyResource key = new KeyResource(keys, clock);
        return new Resource(gate, KeyResource.PATH)
                .on(HttpMethod.POST, Scope.ADMIN, key::create)
                .on(HttpMethod.GET, Scope.ADMIN, key::list)
                .on(HttpMethod.HEAD, Scope.ADMIN, key::list)
                .route()
                .and(
                        new Resource(gate, KeyResource.PATH + "/{id}")
                                .on(HttpMethod.GET, Scope.ADMIN, key::read)
                                .on(HttpMethod.HEAD, Scope.ADMIN, key::read)
                                .on(HttpMethod.DELETE, Scope.ADMIN, key::revoke)
                                .route());
    }

    @Bean
    RouterFunction<ServerResponse> tokenRoutes(
            Gate gate,
            UploadTokens tokens,
            UploadProperties limits,
            Profiles profiles,
            IdentityProperties properties) {
        TokenResource token = new TokenResource(tokens, limits, profiles, properties);
        return new Resource(gate, "/tokens")
                .on(HttpMethod.POST, Scope.UPLOAD, token::issue)
                .on(HttpMethod.DELETE, Scope.ADMIN, token::endAll)
                .route();
    }
}
