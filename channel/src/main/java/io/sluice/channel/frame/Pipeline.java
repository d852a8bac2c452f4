package io.sluice.channel.frame;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.sluice.channel.ChannelProperties;
import io.sluice.model.wire.Frame;
import java.util.function.BiConsumer;

/**
 * What both ends put around their connections, in the order in which a frame passes it.
 *
 * @param loop that runs them
 * @param guard which puts in front what decides who may be at the other end
 * @param codec which puts in what translates between bytes and frames
 * @param hello of this end
 */
record Pipeline(
        ChannelLoop loop,
        BiConsumer<Channel, ChannelMetrics> guard,
        BiConsumer<Channel, ConnectionMeter> codec,
        Frame hello,
        ChannelProperties.Ping ping,
        ChannelMetrics metrics,
        Mirror mirror) {

    /** Puts in what translates between bytes and the frames of the protocol. */
    static void frames(Channel channel, ConnectionMeter meter) {
        channel.pipeline().addLast(new FrameDecoder(meter));
        channel.pipeline().addLast(new FrameEncoder(meter));
    }

    /** For one connection. */
    ConnectionMeter meter() {
        return new ConnectionMeter(metrics, mirror);
    }

    void install(Channel channel, ChannelHandler connection, ConnectionMeter meter) {
        loop.own(channel);
        guard.accept(channel, metrics);
        ChannelPipeline pipeline = channel.pipeline();
        codec.accept(channel, meter);
        // One system call for the frames of one turn of the event loop.
        pipeline.addLast(
                new FlushConsolidationHandler(
                        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
        pipeline.addLast(new Handshake(hello));
        pipeline.addLast(new Heartbeat(ping));
        pipeline.addLast(connection);
        pipeline.addLast(new FaultGate(metrics));
    }
}
