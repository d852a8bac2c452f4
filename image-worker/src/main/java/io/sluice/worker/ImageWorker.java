package io.sluice.worker;

import io.sluice.model.ImageFormat;
import io.sluice.model.wire.WorkerHello;
import io.sluice.worker.engine.EngineUnavailableException;
import io.sluice.worker.engine.ImageEngine;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * A child process of a processor: renders what it is asked for on stdin, answers on stdout, logs on
 * stderr, and ends with its parent.
 */
public final class ImageWorker {

    private ImageWorker() {}

    /** Runs until stdin ends. Settings are the system properties {@code sluice.worker.*}. */
    public static void main(String[] args) throws InterruptedException {
        // Nothing that a library prints may get into the protocol.
        OutputStream output = new FileOutputStream(FileDescriptor.out);
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
        System.setProperty("java.awt.headless", "true");
        var requests = new Requests(new FileInputStream(FileDescriptor.in));
        requests.start();
        try {
            ImageEngine engine = EngineChoice.ofProperties(System.getProperties()).open();
            System.err.println("image worker: " + engine.name());
            hello(engine).writeDelimitedTo(output);
            var renderer = new Renderer(engine);
            while (true) {
                renderer.render(requests.next()).writeDelimitedTo(output);
            }
        } catch (EngineUnavailableException | IllegalArgumentException e) {
            System.err.println("image worker: " + e.getMessage());
            Runtime.getRuntime().halt(Requests.FAILED);
        } catch (IOException e) {
            throw new UncheckedIOException("the processor no longer listens", e);
        }
    }

    private static WorkerHello hello(ImageEngine engine) {
        return WorkerHello.newBuilder()
                .setEngine(engine.name())
                .addAllWrites(engine.writes().stream().map(ImageFormat::word).sorted().toList())
                .addAllReads(engine.reads().stream().sorted().toList())
                .build();
    }
}
