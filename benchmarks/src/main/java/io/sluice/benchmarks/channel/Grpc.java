package io.sluice.benchmarks.channel;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * gRPC-Java over a Unix socket: one bidirectional stream, its fastest form, whose replies come in
 * the order of the requests. Everything runs on the event loop, as ours does.
 */
final class Grpc implements Carrier {
    private static final MethodDescriptor<byte[], byte[]> METHOD =
            MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                    .setType(MethodType.BIDI_STREAMING)
                    .setFullMethodName("bench/pingpong")
                    .build();

    private static EventLoopGroup loops() {
        return new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    private static DomainSocketAddress socket(Path directory) {
        return new DomainSocketAddress(directory.resolve("grpc.sock").toFile());
    }

    @Override
    public Runnable respond(Path directory) throws IOException {
        EventLoopGroup loops = loops();
        Server server =
                NettyServerBuilder.forAddress(socket(directory))
                        .bossEventLoopGroup(loops)
                        .workerEventLoopGroup(loops)
                        .channelType(EpollServerDomainSocketChannel.class)
                        .directExecutor()
                        .addService(
                                ServerServiceDefinition.builder("bench")
                                        .addMethod(
                                                METHOD,
                                                ServerCalls.asyncBidiStreamingCall(Echo::new))
                                        .build())
                        .build()
                        .start();
        return server::shutdownNow;
    }

    @Override
    public Exchange exchange(Path directory) throws InterruptedException {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(socket(directory))
                        .eventLoopGroup(loops())
                        .channelType(EpollDomainSocketChannel.class)
                        .directExecutor()
                        .usePlaintext()
                        .build();
        Stream stream = new Stream(channel);
        stream.awaitFirst();
        return stream;
    }

    private record Echo(StreamObserver<byte[]> replies) implements StreamObserver<byte[]> {
        @Override
        public void onNext(byte[] request) {
            replies.onNext(request);
        }

        @Override
        public void onError(Throwable cause) {
            System.err.println("the stream ended: " + cause);
        }

        @Override
        public void onCompleted() {
            replies.onCompleted();
        }
    }

    private static final class Stream implements Exchange, StreamObserver<byte[]> {
        private final ManagedChannel channel;
        private final StreamObserver<byte[]> requests;
        private final Queue<Reply> waiting = new ConcurrentLinkedQueue<>();
        private final byte[] request = new byte[BYTES];

        Stream(ManagedChannel channel) {
            this.channel = channel;
            requests =
                    ClientCalls.asyncBidiStreamingCall(
                            channel.newCall(METHOD, CallOptions.DEFAULT), this);
        }

        void awaitFirst() throws InterruptedException {
            CountDownLatch came = new CountDownLatch(1);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            send(
                    new Reply() {
                        @Override
                        public void came() {
                            came.countDown();
                        }

                        @Override
                        public void failed(Throwable cause) {
                            failure.set(cause);
                            came.countDown();
                        }
                    });
            came.await();
            if (failure.get() != null) {
                throw new IllegalStateException("gRPC doesn't answer", failure.get());
            }
        }

        @Override
        public synchronized void send(Reply reply) {
            waiting.add(reply);
            requests.onNext(request);
        }

        @Override
        public void onNext(byte[] reply) {
            waiting.remove().came();
        }

        @Override
        public void onError(Throwable cause) {
            for (Reply reply = waiting.poll(); reply != null; reply = waiting.poll()) {
                reply.failed(cause);
            }
        }

        @Override
        public void onCompleted() {
            onError(new IllegalStateException("the stream ended"));
        }

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
