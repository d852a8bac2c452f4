package io.sluice.worker.vips;

import io.sluice.model.ImageFormat;
import io.sluice.worker.engine.EngineUnavailableException;
import io.sluice.worker.engine.ImageEngine;
import io.sluice.worker.engine.Made;
import io.sluice.worker.engine.Original;
import io.sluice.worker.engine.PixelLimit;
import io.sluice.worker.engine.Rendering;
import io.sluice.worker.engine.Rendering.Finished;
import io.sluice.worker.engine.Rendering.Undecodable;
import io.sluice.worker.engine.Target;
import io.sluice.worker.java2d.BitmapDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Renders with libvips. The original is decoded once, no larger than the largest target needs, into
 * memory; every target is cut and shrunk from there, so an error while decoding is never mistaken
 * for one of a target.
 */
public final class VipsEngine implements ImageEngine {
    /** Types whose libvips decoder would be ImageMagick: Java decodes these. */
    private static final Set<String> DECODED_BY_JAVA = Set.of("image/bmp");

    private static final Set<ImageFormat> REQUIRED =
            EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP);

    /** Has no known way left to damage memory. */
    private static final String TRUSTED = "8.18.3";

    private final LibVips vips;
    private final PixelLimit limit;
    private final Set<ImageFormat> writes;
    private final Set<String> reads;

    private VipsEngine(LibVips vips, PixelLimit limit) {
        this.vips = vips;
        this.limit = limit;
        this.writes = Capabilities.writes(vips);
        Set<String> types = new LinkedHashSet<>(Capabilities.reads(vips));
        types.addAll(DECODED_BY_JAVA);
        this.reads = Set.copyOf(types);
    }

    /**
     * The engine over the best libvips of this machine.
     *
     * @throws EngineUnavailableException if there is none, or one that fails its self-test
     */
    public static VipsEngine open(PixelLimit limit) throws EngineUnavailableException {
        List<String> tried = new ArrayList<>();
        for (String library : LibraryFinder.candidates(System.getProperties(), System.getenv())) {
            try {
                return tested(LibVips.load(library), limit);
            } catch (IllegalArgumentException | UnsatisfiedLinkError e) {
                tried.add(library + ": " + e.getMessage());
            }
        }
        throw new EngineUnavailableException(
                "no libvips (%s): install libvips42, or name the library in %s or %s"
                        .formatted(
                                String.join("; ", tried),
                                LibraryFinder.PROPERTY,
                                LibraryFinder.VARIABLE));
    }

    /** Where the library may be besides the system's own directories. */
    public static List<Path> libraries() {
        return LibraryFinder.places(System.getProperties(), System.getenv());
    }

    private static VipsEngine tested(LibVips vips, PixelLimit limit)
            throws EngineUnavailableException {
        var engine = new VipsEngine(vips, limit);
        if (!isTrusted(vips.version())) {
            System.err.printf(
                    "image worker: %s crashes on some damaged files and leaks memory: %s or newer is better, and fetched by the build where npm is%n",
                    engine.name(), TRUSTED);
        }
        if (!engine.writes.containsAll(REQUIRED)) {
            throw new EngineUnavailableException(
                    "%s failed its self-test: writes %s, not all of %s"
                            .formatted(engine.name(), engine.writes, REQUIRED));
        }
        return engine;
    }

    private static boolean isTrusted(String version) {
        return Arrays.compare(numbers(version), numbers(TRUSTED)) >= 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public String name() {
        return "libvips " + vips.version();
    }

    @Override
    public Set<ImageFormat> writes() {
        return writes;
    }

    @Override
    public Set<String> reads() {
        return reads;
    }

    @Override
    public Rendering render(Original original, List<Target> targets) throws IOException {
        for (Target target : targets) {
            if (!writes.contains(target.format())) {
                throw new IllegalArgumentException(
                        "%s can't write %s".formatted(name(), target.format().word()));
            }
        }
        if (!reads.contains(original.type())) {
            return new Undecodable("%s can't read %s".formatted(name(), original.type()));
        }
        try (var job = new VipsJob(vips)) {
            return render(job, original, targets);
        }
    }

    private Rendering render(VipsJob job, Original original, List<Target> targets)
            throws IOException {
        Base base;
        try {
            base = decode(job, original, targets);
        } catch (VipsException e) {
            requireReadable(original);
            return new Undecodable(e.reason());
        }
        return new Finished(write(base, targets));
    }

    private Base decode(VipsJob job, Original original, List<Target> targets)
            throws VipsException, IOException {
        Optional<Loader> loader = Loader.of(original.type());
        if (loader.isEmpty()) {
            return switch (BitmapDecoder.decode(original, targets, limit)) {
                case BitmapDecoder.Decoded decoded -> Base.of(job, decoded);
                case BitmapDecoder.Refused(String reason) -> throw new VipsException(reason);
            };
        }
        VipsImage header = loader.get().header(job, original);
        Optional<String> refusal = limit.refusal(header.size());
        if (refusal.isPresent()) {
            throw new VipsException(refusal.get());
        }
        return Base.decode(job, loader.get(), header, original, targets);
    }

    private static List<Made> write(Base base, List<Target> targets) throws IOException {
        List<Made> made = new ArrayList<>();
        for (Target target : targets) {
            try {
                VipsImage picture = base.place(target);
                byte[] encoded =
                        target.encode(quality -> Saver.encode(picture, target.format(), quality));
                made.add(target.write(picture.size(), ByteBuffer.wrap(encoded)));
            } catch (VipsException e) {
                throw new IOException("%s: %s".formatted(target.name(), e.reason()), e);
            }
        }
        return made;
    }

    /**
     * A file that is missing or forbidden, or no descriptor to open it, is the machine's trouble
     * and not a damaged original, whatever the decoder called it.
     */
    private static void requireReadable(Original original) throws IOException {
        FileChannel.open(original.file(), StandardOpenOption.READ).close();
    }
}
