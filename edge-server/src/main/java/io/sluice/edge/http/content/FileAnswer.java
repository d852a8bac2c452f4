package io.sluice.edge.http.content;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers with a file: whole, in parts, or only that the client has it. The bytes go from the file
 * to the socket as fast as the client takes them: by sendfile and not through this process, but for
 * HTTP/2 and TLS.
 */
public final class FileAnswer implements ServerResponse {
    private final OpenFile file;
    private final FilePlan plan;
    private final boolean isBodyWanted;

    private FileAnswer(OpenFile file, FilePlan plan, boolean isBodyWanted) {
        this.file = file;
        this.plan = plan;
        this.isBodyWanted = isBodyWanted;
    }

    /**
     * The answer to a request. Takes the file over: it is closed however the answer ends.
     *
     * @throws io.sluice.edge.http.problem.Refusal 412 or 416
     */
    public static FileAnswer of(ServedFile file, HttpMethod method, HttpHeaders request) {
        OpenFile open = new OpenFile(file.channel());
        try {
            FilePlan plan = FilePlan.of(file, method, request);
            return new FileAnswer(open, plan, method.equals(HttpMethod.GET));
        } catch (RuntimeException e) {
            open.release();
            throw e;
        }
    }

    /** Adds a header field. */
    public FileAnswer with(String name, String value) {
        plan.headers().set(name, value);
        return this;
    }

    @Override
    public HttpStatusCode statusCode() {
        return plan.status();
    }

    @Override
    public HttpHeaders headers() {
        return plan.headers();
    }

    @Override
    public MultiValueMap<String, ResponseCookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(plan.status());
        response.getHeaders().putAll(plan.headers());
        HttpServerResponse socket = ServerHttpResponseDecorator.getNativeResponse(response);
        // Completing Spring's response hands its header to reactor-netty, which sends it with the
        // first piece; Spring itself has no way to send a part of an open file.
        return response.setComplete()
                .then(Mono.defer(() -> isBodyWanted ? send(socket) : Mono.empty()))
                .doFinally(_ -> file.release());
    }

    private Mono<Void> send(HttpServerResponse socket) {
        boolean isPlain = isPlain(((Connection) socket).channel());
        return Flux.fromIterable(plan.pieces())
                .concatMap(piece -> messages(piece, isPlain))
                .concatMap(message -> socket.sendObject(message).then(), 0)
                .then();
    }

    /** What the kernel sends itself can be neither encrypted nor cut into frames. */
    private static boolean isPlain(Channel channel) {
        return !(channel instanceof Http2StreamChannel)
                && channel.pipeline().get(SslHandler.class) == null;
    }

    private Flux<Object> messages(FilePlan.Piece piece, boolean isPlain) {
        return switch (piece) {
            // Not a bare buffer: reactor-netty would take the first one for the whole body.
            case FilePlan.Piece.Framing(var bytes) -> Flux.just(new DefaultHttpContent(bytes));
            case FilePlan.Piece.Part(long offset, long length) ->
                    isPlain
                            ? Flux.just(file.region(offset, length))
                            : file.pieces(offset, length).map(DefaultHttpContent::new);
        };
    }
}
