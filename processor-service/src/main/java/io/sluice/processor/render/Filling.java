package io.sluice.processor.render;

import io.sluice.cache.Fill;
import io.sluice.model.OptionsWire;
import io.sluice.model.Rendition;
import io.sluice.model.UploadId;
import io.sluice.model.wire.RenderReply;
import io.sluice.model.wire.RenderRequest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one original's renditions while a worker writes them. What isn't committed is
 * deleted with {@link #close()}. For one thread.
 */
final class Filling implements Closeable {
    private final Map<Wanted, Fill> fills = new LinkedHashMap<>();

    /** Makes an empty file for each. */
    static Filling open(RenditionCache cache, List<Wanted> wanted, UploadId upload)
            throws IOException {
        Filling filling = new Filling();
        try {
            for (Wanted each : wanted) {
                filling.fills.put(each, cache.fill(each, upload));
            }
            return filling;
        } catch (IOException e) {
            filling.close();
            throw e;
        }
    }

    /** What the worker is to write where. */
    List<RenderRequest.Target> targets() {
        List<RenderRequest.Target> targets = new ArrayList<>();
        fills.forEach((wanted, fill) ->
                targets.add(
                        RenderRequest.Target.newBuilder()
                                .setName(wanted.spec().name())
                                .setFile(fill.file().toAbsolutePath().toString())
                                .setBodyOffset(fill.bodyOffset())
                                .setFormat(wanted.format().word())
                                .setMode(wanted.spec().mode().word())
                                .setWidth(wanted.spec().options().scaled(wanted.spec().width()))
                                .setHeight(wanted.spec().options().scaled(wanted.spec().height()))
                                .setOptions(OptionsWire.encode(wanted.spec().options()))
                                .setQuality(wanted.spec().quality())
                                .build()));
        return targets;
    }

    /**
     * Puts all into the cache.
     *
     * @throws IOException if one is not there as the worker says, or can't be put there
     */
    List<Rendition> commit(List<RenderReply.Made> pictures) throws IOException {
        List<Rendition> renditions = new ArrayList<>();
        for (Map.Entry<Wanted, Fill> entry : fills.entrySet()) {
            String name = entry.getKey().spec().name();
            RenderReply.Made made =
                    pictures.stream()
                            .filter(picture -> picture.getName().equals(name))
                            .findFirst()
                            .orElseThrow(
                                    () -> new IOException("the image worker left out " + name));
            Fill fill = entry.getValue();
            long written = Files.size(fill.file()) - fill.bodyOffset();
            if (written != made.getLength() || written <= 0) {
                throw new IOException(
                        "the image worker wrote %d bytes of %s and told of %d"
                                .formatted(written, name, made.getLength()));
            }
            fill.commit();
            renditions.add(entry.getKey().made(made.getWidth(), made.getHeight(), written));
        }
        return renditions;
    }

    @Override
    public void close() throws IOException {
        for (Fill fill : fills.values()) {
            fill.close();
        }
    }
}
