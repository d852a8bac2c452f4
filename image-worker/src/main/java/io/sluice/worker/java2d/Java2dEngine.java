package io.sluice.worker.java2d;

import io.sluice.model.ImageFormat;
import io.sluice.worker.engine.ImageEngine;
import io.sluice.worker.engine.Made;
import io.sluice.worker.engine.Original;
import io.sluice.worker.engine.PixelLimit;
import io.sluice.worker.engine.Rendering;
import io.sluice.worker.engine.Rendering.Finished;
import io.sluice.worker.engine.Rendering.Undecodable;
import io.sluice.worker.engine.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;

/** Renders with ImageIO's decoders and this package's scaler. */
public final class Java2dEngine implements ImageEngine {
    private final PixelLimit limit;

    /** An engine that refuses originals above the limit. */
    public Java2dEngine(PixelLimit limit) {
        this.limit = limit;
        ImageIO.setUseCache(false); // no temporary files
    }

    @Override
    public String name() {
        return "java2d";
    }

    @Override
    public Set<ImageFormat> writes() {
        return Encoder.FORMATS;
    }

    @Override
    public Set<String> reads() {
        return BitmapDecoder.TYPES;
    }

    @Override
    public Rendering render(Original original, List<Target> targets) throws IOException {
        for (Target target : targets) {
            if (!Encoder.FORMATS.contains(target.format())) {
                throw new IllegalArgumentException("java2d can't write " + target.format().word());
            }
        }
        return switch (BitmapDecoder.decode(original, targets, limit)) {
            case BitmapDecoder.Refused(String reason) -> new Undecodable(reason);
            case BitmapDecoder.Decoded decoded -> new Finished(write(decoded, targets));
        };
    }

    private static List<Made> write(BitmapDecoder.Decoded decoded, List<Target> targets)
            throws IOException {
        List<Made> made = new ArrayList<>();
        for (Target target : targets) {
            Bitmap picture = Cutter.place(decoded, target);
            byte[] encoded =
                    target.encode(quality -> Encoder.encode(picture, target.format(), quality));
            made.add(target.write(picture.size(), ByteBuffer.wrap(encoded)));
        }
        return made;
    }
}
