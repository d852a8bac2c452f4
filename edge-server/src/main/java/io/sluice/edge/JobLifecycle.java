package io.sluice.edge;

import io.sluice.channel.Dispatcher;
import io.sluice.edge.job.JobRunner;
import org.springframework.context.SmartLifecycle;

/**
 * Lets jobs go out for as long as the flow stands that they go by: from after its endpoints have
 * started until before they stop. What is out when it stops comes back through them.
 */
final class JobLifecycle implements SmartLifecycle {
    /** Above every endpoint's, below the web server's, whose last requests may wait for a job. */
    private static final int PHASE = 0;

    private final JobRunner runner;
    private final Dispatcher dispatcher;
    private volatile boolean isRunning;

    JobLifecycle(JobRunner runner, Dispatcher dispatcher) {
        this.runner = runner;
        this.dispatcher = dispatcher;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void start() {
        isRunning = true;
        runner.start();
    }

    @Override
    public void stop() {
        isRunning = false;
        runner.close();
        dispatcher.close();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
