package io.sluice.processor.render;

import io.sluice.model.wire.RenderReply;
import io.sluice.model.wire.RenderRequest;
import io.sluice.model.wire.WorkerHello;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A child process that speaks a worker's protocol and does what the source's name says. */
final class MisbehavingWorker {
    private final OutputStream out;
    private boolean numb;

    private MisbehavingWorker(OutputStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            // Never ready.
            System.exit(3);
        }
        new MisbehavingWorker(System.out).run(System.in);
    }

    private void run(InputStream in) throws IOException, InterruptedException {
        WorkerHello.newBuilder()
                .setEngine("misbehaving 1.0")
                .addWrites("jpeg")
                .addReads("image/jpeg")
                .build()
                .writeDelimitedTo(out);
        out.flush();
        RenderRequest request = RenderRequest.parseDelimitedFrom(in);
        while (request != null) {
            render(request);
            out.flush();
            request = RenderRequest.parseDelimitedFrom(in);
        }
    }

    /** A source that is a file holds the word, another is the word. */
    private static String whatToDo(Path source) throws IOException {
        return Files.isRegularFile(source)
                ? Files.readString(source, StandardCharsets.ISO_8859_1)
                : source.toString();
    }

    private void render(RenderRequest request) throws IOException, InterruptedException {
        RenderReply.Builder reply = RenderReply.newBuilder().setId(request.getId());
        numb |= request.getSource().equals("numb");
        if (numb) {
            reply.setError("nothing works any more")
                    .setSourceDamaged(true)
                    .build()
                    .writeDelimitedTo(out);
            return;
        }
        switch (whatToDo(Path.of(request.getSource()))) {
            case "crash" -> Runtime.getRuntime().halt(134);
            case "hang" -> new CountDownLatch(1).await();
            case "garbage" -> out.write("# A fatal error".getBytes(StandardCharsets.US_ASCII));
            case "flood" -> out.write(new byte[] {-1, -1, -1, -1, 7});
            case "wrong" -> reply.setId(request.getId() + 1).build().writeDelimitedTo(out);
            case "damaged" ->
                    reply.setError("not a JPEG file")
                            .setSourceDamaged(true)
                            .build()
                            .writeDelimitedTo(out);
            case "error" -> reply.setError("no space").build().writeDelimitedTo(out);
            default -> {
                for (RenderRequest.Target target : request.getTargetsList()) {
                    // Tells of what it never wrote.
                    reply.addMade(
                            RenderReply.Made.newBuilder()
                                    .setName(target.getName())
                                    .setWidth(1)
                                    .setHeight(1)
                                    .setLength(ProcessHandle.current().pid()));
                }
                reply.build().writeDelimitedTo(out);
            }
        }
    }
}
