package io.sluice.worker;

import io.sluice.model.wire.RenderRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads the processor's requests on a thread of its own, so that the end of stdin ends this process
 * at once, even in the middle of a native call that nothing else can stop. The processor asks for
 * one picture at a time: a second request before the first one's reply is a broken processor.
 */
final class Requests {
    /** The exit status for trouble with the processor or with the settings. */
    static final int FAILED = 3;

    private final BlockingQueue<RenderRequest> waiting = new ArrayBlockingQueue<>(1);
    private final InputStream input;

    Requests(InputStream input) {
        this.input = new BufferedInputStream(input);
    }

    void start() {
        Thread.ofPlatform().name("requests").daemon().start(this::read);
    }

    /** The next request; waits for it. */
    RenderRequest next() throws InterruptedException {
        return waiting.take();
    }

    private void read() {
        int status = FAILED;
        try {
            RenderRequest request = RenderRequest.parseDelimitedFrom(input);
            while (request != null && waiting.offer(request)) {
                request = RenderRequest.parseDelimitedFrom(input);
            }
            if (request == null) {
                status = 0;
            } else {
                System.err.println(
                        "image worker: request %d came too early".formatted(request.getId()));
            }
        } catch (IOException e) {
            System.err.println("image worker: no request on stdin: " + e);
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }
}
