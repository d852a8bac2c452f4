package io.sluice.channel.frame;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.sluice.channel.Transport;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import java.util.Arrays;

/**
 * What the fuzzer calls with bytes of its own making. Whatever they are, the decoder makes frames
 * of them or refuses them as the peer's fault; anything else is a finding.
 */
public final class FrameFuzz {
    private static final ConnectionMeter METER =
            new ConnectionMeter(
                    new ChannelMetrics(new SimpleMeterRegistry(), Transport.UNIX, "fuzz"),
                    Mirror.off());

    private FrameFuzz() {}

    /**
     * One stream of bytes, which come in pieces.
     *
     * @param data the size of a piece, then the stream
     */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(METER));
        int piece = 1 + Byte.toUnsignedInt(data[0]);
        try {
            for (int at = 1; at < data.length; at += piece) {
                byte[] bytes = Arrays.copyOfRange(data, at, Math.min(at + piece, data.length));
                channel.writeInbound(Unpooled.wrappedBuffer(bytes));
                readFrames(channel);
            }
        } catch (DecoderException e) {
            if (!(e.getCause() instanceof ProtocolViolation)) {
                throw e;
            }
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static void readFrames(EmbeddedChannel channel) {
        Frame frame = channel.readInbound();
        while (frame != null) {
            if (frame.getSerializedSize() > 2 * Frames.MAX_BYTES) {
                throw new AssertionError("a frame grew while it was read");
            }
            decode(frame);
            frame = channel.readInbound();
        }
    }

    /** A message that makes no sense is refused in one way only. */
    private static void decode(Frame frame) {
        try {
            if (frame.hasJob()) {
                Wire.decode(frame.getJob());
            } else if (frame.hasResult()) {
                Wire.decode(frame.getResult().getOutcome());
            }
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }
}
