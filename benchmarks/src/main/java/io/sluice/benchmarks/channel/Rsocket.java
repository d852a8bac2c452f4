package io.sluice.benchmarks.channel;

import io.netty.channel.unix.DomainSocketAddress;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketConnector;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import io.rsocket.util.DefaultPayload;
import java.nio.file.Path;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** RSocket-Java's request and response over a Unix socket, without copies of payloads. */
final class Rsocket implements Carrier {

    private static DomainSocketAddress socket(Path directory) {
        return new DomainSocketAddress(directory.resolve("rsocket.sock").toFile());
    }

    @Override
    public Runnable respond(Path directory) {
        CloseableChannel server =
                RSocketServer.create(
                                SocketAcceptor.forRequestResponse(request -> {
                                    Payload reply = DefaultPayload.create(request.getData());
                                    request.release();
                                    return Mono.just(reply);
                                }))
                        .payloadDecoder(PayloadDecoder.ZERO_COPY)
                        .bindNow(
                                TcpServerTransport.create(
                                        TcpServer.create()
                                                .runOn(LoopResources.create("rsocket", 1, true))
                                                .bindAddress(() -> socket(directory))));
        return server::dispose;
    }

    @Override
    public Exchange exchange(Path directory) {
        RSocket client =
                Objects.requireNonNull(
                        RSocketConnector.create()
                                .payloadDecoder(PayloadDecoder.ZERO_COPY)
                                .connect(
                                        TcpClientTransport.create(
                                                TcpClient.create()
                                                        .runOn(
                                                                LoopResources.create(
                                                                        "rsocket", 1, true))
                                                        .remoteAddress(() -> socket(directory))))
                                .block());
        byte[] request = new byte[Exchange.BYTES];
        return new Exchange() {
            @Override
            public void send(Reply reply) {
                client.requestResponse(DefaultPayload.create(request))
                        .subscribe(
                                payload -> {
                                    payload.release();
                                    reply.came();
                                },
                                reply::failed);
            }

            @Override
            public void close() {
                client.dispose();
            }
        };
    }
}
