package io.sluice.worker;

import io.sluice.model.ImageFormat;
import io.sluice.model.OptionsWire;
import io.sluice.model.RenditionSpec.Mode;
import io.sluice.model.wire.RenderReply;
import io.sluice.model.wire.RenderRequest;
import io.sluice.worker.engine.ImageEngine;
import io.sluice.worker.engine.Made;
import io.sluice.worker.engine.Original;
import io.sluice.worker.engine.Rendering.Finished;
import io.sluice.worker.engine.Rendering.Undecodable;
import io.sluice.worker.engine.Size;
import io.sluice.worker.engine.Target;
import java.io.IOException;
import java.nio.file.Path;

/** Carries a request out and puts whatever comes of it into the reply. */
final class Renderer {
    private final ImageEngine engine;

    Renderer(ImageEngine engine) {
        this.engine = engine;
    }

    RenderReply render(RenderRequest request) {
        var reply = RenderReply.newBuilder().setId(request.getId());
        try {
            var original = new Original(Path.of(request.getSource()), request.getSourceType());
            var targets = request.getTargetsList().stream().map(Renderer::target).toList();
            switch (engine.render(original, targets)) {
                case Finished finished ->
                        finished.made().forEach(made -> reply.addMade(made(made)));
                case Undecodable(String reason) -> reply.setError(reason).setSourceDamaged(true);
            }
        } catch (IOException | RuntimeException e) {
            // One failed picture must not cost the process; the processor decides about the next.
            System.err.println("image worker: request %d: %s".formatted(request.getId(), e));
            reply.clearMade().setError(e.toString());
        }
        return reply.build();
    }

    private static Target target(RenderRequest.Target wire) {
        return new Target(
                wire.getName(),
                Path.of(wire.getFile()),
                wire.getBodyOffset(),
                ImageFormat.ofWord(wire.getFormat()),
                Mode.ofWord(wire.getMode()),
                new Size(wire.getWidth(), wire.getHeight()),
                wire.getQuality(),
                OptionsWire.decode(wire.getOptions()));
    }

    private static RenderReply.Made made(Made made) {
        return RenderReply.Made.newBuilder()
                .setName(made.name())
                .setWidth(made.size().width())
                .setHeight(made.size().height())
                .setLength(made.length())
                .build();
    }
}
