package io.sluice.edge.http;

import io.netty.channel.EventLoop;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** What stands below Spring's request. */
final class Sockets {
    private Sockets() {}

    /** The request as reactor-netty has it. */
    static HttpServerRequest of(ServerRequest request) {
        return ServerHttpRequestDecorator.getNativeRequest(request.exchange().getRequest());
    }

    /** The event loop of its connection. */
    static EventLoop loop(ServerRequest request) {
        return ((Connection) of(request)).channel().eventLoop();
    }
}
