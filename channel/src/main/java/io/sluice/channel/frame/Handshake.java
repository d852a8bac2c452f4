package io.sluice.channel.frame;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.sluice.channel.Capability;
import io.sluice.model.wire.Frame;
import io.sluice.model.wire.Hello;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says Hello and wants to hear it first: any other frame before it, or a second one, ends the
 * connection. Tells the handlers behind it the peer's identity by a {@link PeerReady} event.
 */
final class Handshake extends SimpleChannelInboundHandler<Frame> {
    /** Also what may safely stand in a log line. */
    private static final Pattern IDENTITY = Pattern.compile("[\\w.:@/-]{1,128}");

    private final Frame hello;
    private @Nullable String peer;

    /** The peer said who it is and what it can do; frames may follow. */
    record PeerReady(String identity, Set<Capability> capabilities, boolean takesDescriptors) {}

    Handshake(Frame hello) {
        this.hello = hello;
    }

    /** The Hello of this end, which is refused here rather than by the peer. */
    static Frame helloOf(String identity, Set<Capability> capabilities) {
        if (!IDENTITY.matcher(identity).matches()) {
            throw new IllegalArgumentException(
                    "channel identity = %s: must be 1 to 128 letters, digits or one of . : @ / _ -"
                            .formatted(identity));
        }
        return Frames.hello(identity, capabilities);
    }

    /** The same, of a processor that takes descriptors too. */
    static Frame withDescriptors(Frame hello) {
        return hello.toBuilder()
                .setHello(hello.getHello().toBuilder().addCapabilities(Frames.DESCRIPTORS))
                .build();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Connections.send(ctx.channel(), hello);
        ctx.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Frame frame) {
        if (!ctx.channel().isActive()) {
            return; // what was read together with the frame that closed the connection
        }
        if (frame.hasHello()) {
            greet(ctx, frame.getHello());
        } else if (peer == null) {
            throw new ProtocolViolation(frame.getKindCase() + " before HELLO");
        } else {
            ctx.fireChannelRead(frame);
        }
    }

    private void greet(ChannelHandlerContext ctx, Hello greeting) {
        if (peer != null) {
            throw new ProtocolViolation("a second HELLO");
        }
        if (greeting.getVersion() != Frames.VERSION) {
            throw new ProtocolViolation(
                    "the peer speaks version %s of the protocol, this end %d: run one release"
                            .formatted(
                                    Integer.toUnsignedString(greeting.getVersion()),
                                    Frames.VERSION));
        }
        if (!IDENTITY.matcher(greeting.getIdentity()).matches()) {
            throw new ProtocolViolation("an identity that is no name");
        }
        peer = greeting.getIdentity();
        ctx.fireUserEventTriggered(
                new PeerReady(
                        peer,
                        Capability.announced(greeting.getCapabilitiesList()),
                        greeting.getCapabilitiesList().contains(Frames.DESCRIPTORS)));
    }
}
