package io.sluice.channel.contract;

import reactor.blockhound.BlockHound;

/** Makes any blocking call on a thread of the channel's event loops fail the test. */
public final class EventLoopGuard {
    private EventLoopGuard() {}

    public static void install() {
        BlockHound.builder()
                .loadIntegrations()
                .nonBlockingThreadPredicate(others ->
                        others.or(thread ->
                                thread.getName().startsWith("sluice-channel-edge")
                                        || thread.getName().startsWith("sluice-channel-processor")))
                // Netty's own allocator: its locks are held for some instructions when it grows or
                // shrinks.
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .allowBlockingCallsInside("io.netty.util.AbstractReferenceCounted", "release")
                .allowBlockingCallsInside(
                        "io.netty.buffer.AbstractReferenceCountedByteBuf", "release")
                // The tests' console.
                .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
                // A queue's lock, held for some instructions: how a job is handed to other threads.
                .allowBlockingCallsInside("java.util.concurrent.LinkedBlockingQueue", "offer")
                .install();
    }
}
