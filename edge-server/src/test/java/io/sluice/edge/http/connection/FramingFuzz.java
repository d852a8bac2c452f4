package io.sluice.edge.http.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;

/**
 * What the fuzzer calls with bytes of its own making. The strict reader and the decoder behind it
 * come to an end with whatever comes, and nothing is kept.
 */
public final class FramingFuzz {
    private FramingFuzz() {}

    /**
     * One connection's bytes.
     *
     * @param data the size of a piece, then the bytes
     */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 1) {
            return;
        }
        StrictFraming framing = new StrictFraming();
        EmbeddedChannel channel =
                new EmbeddedChannel(framing, new HttpRequestDecoder(), new Application(framing));
        int piece = 1 + Byte.toUnsignedInt(data[0]);
        for (int at = 1; at < data.length; at += piece) {
            byte[] bytes = Arrays.copyOfRange(data, at, Math.min(at + piece, data.length));
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        }
        channel.checkException();
        channel.finishAndReleaseAll();
    }

    private static final class Application extends ChannelInboundHandlerAdapter {
        private final StrictFraming framing;

        Application(StrictFraming framing) {
            this.framing = framing;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
                framing.gaveUp();
            } else if (message instanceof HttpRequest request) {
                framing.began(request);
            }
            ReferenceCountUtil.release(message);
        }
    }
}
