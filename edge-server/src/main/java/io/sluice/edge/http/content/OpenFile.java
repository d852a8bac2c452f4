package io.sluice.edge.http.content;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultFileRegion;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import io.sluice.edge.http.loop.Border;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A file that is open as long as any of its regions may still be sent. Its descriptor goes to
 * sendfile as a bare number: closed a moment too early, the number could already mean another file.
 * So only the last one to let go closes it, away from the event loop.
 */
final class OpenFile extends AbstractReferenceCounted {
    private static final long PIECE = 128 * 1024;

    private final FileChannel channel;

    OpenFile(FileChannel channel) {
        this.channel = channel;
    }

    /** A region that keeps the file open until it is sent or dropped. */
    Region region(long position, long length) {
        return new Region(position, length);
    }

    /** The same bytes as this process has read them, piece by piece, when each is asked for. */
    Flux<ByteBuf> pieces(long position, long length) {
        int count = Math.toIntExact((length + PIECE - 1) / PIECE);
        return Flux.range(0, count)
                .concatMap(
                        piece -> {
                            long next = position + piece * PIECE;
                            return piece(next, Math.min(PIECE, position + length - next));
                        },
                        0);
    }

    /** The file stays open while it is read, also when nobody waits for it any more. */
    private Mono<ByteBuf> piece(long position, long length) {
        CompletableFuture<ByteBuf> piece = new CompletableFuture<>();
        retain();
        Border.leave(() -> {
            try {
                piece.complete(read(position, length));
            } catch (IOException e) {
                piece.completeExceptionally(e);
            } finally {
                release();
            }
        });
        return Mono.fromFuture(piece, true);
    }

    private ByteBuf read(long position, long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file has become shorter while it was sent");
            }
        }
        // On the heap: what nobody sends any more is nobody's to release.
        return Unpooled.wrappedBuffer(bytes.flip());
    }

    /** Bytes that the loop sends without them coming into this process. */
    final class Region extends DefaultFileRegion {
        private Region(long position, long length) {
            super(channel, position, length);
            OpenFile.this.retain();
        }

        @Override
        protected void deallocate() {
            OpenFile.this.release();
        }
    }

    @Override
    protected void deallocate() {
        Border.leave(() -> {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }
}
