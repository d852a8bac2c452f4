package io.sluice.channel;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The processor's end of the channel: grants credit, takes jobs and answers each exactly once.
 * Every transport passes the same contract test. Thread-safe.
 */
public interface JobReceiver extends AutoCloseable {

    /**
     * Starts to listen and grants every edge together as much credit as there are slots. The
     * handler is called on the transport's thread and must hand the job to another thread at once.
     */
    void start(Consumer<ReceivedJob> handler);

    /**
     * Takes no new job, tells the edges to go elsewhere, and waits until every job in hand is
     * answered.
     *
     * @return whether all were answered in time
     */
    boolean drain(Duration timeout) throws InterruptedException;

    /** Closes every connection at once; unanswered jobs come back to their edge. */
    @Override
    void close();
}
