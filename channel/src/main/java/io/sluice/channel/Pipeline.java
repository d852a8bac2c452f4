package io.sluice.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.sluice.model.wire.Frame;

/**
 * What both ends put around their connections, in the order in which a frame passes it.
 *
 * @param loop that runs them
 * @param hello of this end
 */
record Pipeline(
        ChannelLoop loop,
        AllowedUids allowed,
        Frame hello,
        ChannelProperties.Ping ping,
        ChannelMetrics metrics) {

    void install(Channel channel, ChannelHandler connection) {
        loop.own(channel);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new PeerGate(allowed, metrics));
        // One system call for the frames of one turn of the event loop.
        pipeline.addLast(
                new FlushConsolidationHandler(
                        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
        pipeline.addLast(new FrameCodec(metrics));
        pipeline.addLast(new Handshake(hello));
        pipeline.addLast(new Heartbeat(ping));
        pipeline.addLast(connection);
        pipeline.addLast(new FaultGate(metrics));
    }
}
