package io.sluice.edge.http.loop;

import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.NonBlocking;

/** An event loop's thread. Reactor refuses to block on it, and BlockHound watches it in tests. */
final class LoopThread extends FastThreadLocalThread implements NonBlocking {
    LoopThread(Runnable loop, String name) {
        super(loop, name);
        setDaemon(true);
    }
}
