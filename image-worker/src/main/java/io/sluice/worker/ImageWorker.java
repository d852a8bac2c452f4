package io.sluice.worker;

import io.sluice.model.ImageFormat;
import io.sluice.model.wire.RenderRequest;
import io.sluice.model.wire.WorkerHello;
import io.sluice.worker.engine.EngineUnavailableException;
import io.sluice.worker.engine.ImageEngine;
import io.sluice.worker.sandbox.Guard;
import io.sluice.worker.sandbox.Sandbox;
import io.sluice.worker.sandbox.SandboxException;
import io.sluice.worker.sandbox.SandboxSettings;
import io.sluice.worker.vips.VipsEngine;
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
        try {
            Sandbox sandbox =
                    Sandbox.enter(
                            SandboxSettings.of(System.getProperties(), VipsEngine.libraries()));
            var requests = new Requests(new FileInputStream(FileDescriptor.in));
            requests.start();
            ImageEngine engine = EngineChoice.ofProperties(System.getProperties()).open();
            System.err.println("image worker: " + engine.name());
            hello(engine, sandbox).writeDelimitedTo(output);
            var renderer = new Renderer(engine);
            while (true) {
                RenderRequest request = requests.next();
                if (request.getCpuSeconds() > 0) {
                    sandbox.allowCpu(request.getCpuSeconds());
                }
                renderer.render(request).writeDelimitedTo(output);
            }
        } catch (EngineUnavailableException | SandboxException | IllegalArgumentException e) {
            System.err.println("image worker: " + e.getMessage());
            Runtime.getRuntime().halt(Requests.FAILED);
        } catch (IOException e) {
            throw new UncheckedIOException("the processor no longer listens", e);
        }
    }

    private static WorkerHello hello(ImageEngine engine, Sandbox sandbox) {
        WorkerHello.Builder hello =
                WorkerHello.newBuilder()
                        .setEngine(engine.name())
                        .addAllWrites(
                                engine.writes().stream().map(ImageFormat::word).sorted().toList())
                        .addAllReads(engine.reads().stream().sorted().toList());
        for (Guard guard : sandbox.guards()) {
            hello.addGuardsBuilder()
                    .setName(guard.name())
                    .setActive(guard.active())
                    .setDetail(guard.detail());
        }
        return hello.build();
    }
}
