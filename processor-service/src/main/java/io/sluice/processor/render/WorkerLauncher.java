package io.sluice.processor.render;

import java.io.IOException;

/** Starts an image worker and waits until it is ready. */
@FunctionalInterface
interface WorkerLauncher {
    /**
     * Starts one.
     *
     * @throws IOException if it can't be started, or ended before it was ready
     */
    ImageWorker launch() throws IOException;
}
