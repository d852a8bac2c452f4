package io.sluice.worker.vips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sluice.model.ImageFormat;
import io.sluice.worker.engine.Drawn;
import io.sluice.worker.engine.EngineUnavailableException;
import io.sluice.worker.engine.ImageEngine;
import io.sluice.worker.engine.ImageEngineContract;
import io.sluice.worker.engine.OptionsContract;
import io.sluice.worker.engine.PixelLimit;
import io.sluice.worker.engine.TestFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VipsEngineTest implements ImageEngineContract, OptionsContract {
    @Override
    public ImageEngine engine(PixelLimit limit) {
        try {
            return VipsEngine.open(limit);
        } catch (EngineUnavailableException e) {
            return abort(e.toString());
        }
    }

    @Test
    void writesWebp(@TempDir Path folder) throws IOException {
        var drawn = new Drawn(folder, engine(PixelLimit.DEFAULT));
        byte[] webp =
                drawn.draw(TestFiles.jpeg("camera.jpg"), drawn.cover(ImageFormat.WEBP, 200, 200))
                        .getFirst();
        assertThat(new String(webp, 0, 12, StandardCharsets.ISO_8859_1))
                .startsWith("RIFF")
                .endsWith("WEBP");
    }

    @Test
    void namesItsVersion() {
        assertThat(engine(PixelLimit.DEFAULT).name()).matches("libvips 8\\.\\d+\\.\\d+");
    }
}
