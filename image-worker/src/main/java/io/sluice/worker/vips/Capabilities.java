package io.sluice.worker.vips;

import io.sluice.model.ImageFormat;
import io.sluice.worker.engine.Size;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What this build of libvips can do, found out by letting it do so. */
final class Capabilities {
    private static final int SIDE = 16;
    private static final int QUALITY = 50;

    private Capabilities() {}

    /** The formats into which a small picture was really shrunk and encoded. */
    static Set<ImageFormat> writes(LibVips vips) {
        Set<ImageFormat> written = EnumSet.noneOf(ImageFormat.class);
        for (ImageFormat format : ImageFormat.values()) {
            try (var job = new VipsJob(vips)) {
                VipsImage picture =
                        job.imageOf(new byte[SIDE * SIDE * 3], SIDE, SIDE, 3)
                                .resized(new Size(SIDE / 2, SIDE / 2));
                if (Saver.encode(picture, format, QUALITY).length > 0) {
                    written.add(format);
                }
            } catch (VipsException e) {
                System.err.println(
                        "libvips can't write %s: %s".formatted(format.word(), e.reason()));
            }
        }
        return written;
    }

    /** The media types whose decoder exists. */
    static Set<String> reads(LibVips vips) {
        return Loader.types().stream()
                .filter(type -> Loader.of(type).filter(loader -> exists(vips, loader)).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean exists(LibVips vips, Loader loader) {
        try (var job = new VipsJob(vips)) {
            job.operation(loader.operation()).drop();
            return true;
        } catch (VipsException e) {
            return false;
        }
    }
}
