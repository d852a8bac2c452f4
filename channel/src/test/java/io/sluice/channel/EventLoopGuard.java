package io.sluice.channel;

import reactor.blockhound.BlockHound;

/** Makes any blocking call on a thread of the channel's event loops fail the test. */
final class EventLoopGuard {
    private EventLoopGuard() {}

    static void install() {
        BlockHound.builder()
                .loadIntegrations()
                .nonBlockingThreadPredicate(others ->
                        others.or(thread ->
                                thread.getName().startsWith("sluice-channel-edge")
                                        || thread.getName().startsWith("sluice-channel-processor")))
                // The tests' console.
                .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
                // A queue's lock, held for some instructions: how a job is handed to other threads.
                .allowBlockingCallsInside("java.util.concurrent.LinkedBlockingQueue", "offer")
                .install();
    }
}
