package io.sluice.edge.http;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/** Makes any blocking call on an event loop fail the request that made it, and remembers it. */
final class LoopGuard {
    private static final Queue<BlockingOperationError> BLOCKED = new ConcurrentLinkedQueue<>();

    static {
        BlockHound.builder()
                .loadIntegrations()
                // Netty's own allocator: its locks are held for some instructions when it grows or
                // shrinks.
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .allowBlockingCallsInside("io.netty.util.AbstractReferenceCounted", "release")
                .allowBlockingCallsInside(
                        "io.netty.buffer.AbstractReferenceCountedByteBuf", "release")
                // The tests' console.
                .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
                // The lock of a queue that hands work to other threads, held for some instructions.
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute")
                .blockingMethodCallback(method -> {
                    BlockingOperationError error = new BlockingOperationError(method);
                    BLOCKED.add(error);
                    throw error;
                })
                .install();
    }

    private LoopGuard() {}

    /** Installs it, once. */
    static void install() {
        // Loading the class does it.
    }

    /** What has blocked a loop since the last question. */
    static List<BlockingOperationError> takeBlocked() {
        List<BlockingOperationError> blocked = List.copyOf(BLOCKED);
        BLOCKED.removeAll(blocked);
        return blocked;
    }
}
