package io.sluice.worker.engine;

import io.sluice.model.ImageFormat;
import io.sluice.model.RenditionOptions;
import io.sluice.model.RenditionSpec.Mode;
import io.sluice.worker.engine.Rendering.Finished;
import io.sluice.worker.engine.Rendering.Undecodable;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Targets in a folder, and what an engine drew into them. */
public final class Drawn {
    /** Stands before each picture, as the cache's header does. */
    private static final byte[] HEADER = "a header that stays".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final ImageEngine engine;

    public Drawn(Path folder, ImageEngine engine) {
        this.folder = folder;
        this.engine = engine;
    }

    /** A target whose file has a header and, behind it, more bytes than any picture will have. */
    public Target target(String name, ImageFormat format, Mode mode, int width, int height)
            throws IOException {
        Path file = folder.resolve(name + "." + format.word());
        byte[] old = Arrays.copyOf(HEADER, 3_000_000);
        Files.write(file, old);
        return new Target(name, file, HEADER.length, format, mode, new Size(width, height), 80);
    }

    public Target fit(ImageFormat format, int side) throws IOException {
        return target("fit", format, Mode.FIT, side, side);
    }

    public Target cover(ImageFormat format, int width, int height) throws IOException {
        return target("cover", format, Mode.COVER, width, height);
    }

    /** The same target with options. */
    public static Target with(Target target, RenditionOptions options) {
        return new Target(
                target.name(),
                target.file(),
                target.offset(),
                target.format(),
                target.mode(),
                target.box(),
                target.quality(),
                options);
    }

    /** Renders and expects success; the header must have stayed and the length be true. */
    public List<byte[]> draw(Original original, Target... targets) throws IOException {
        Rendering rendering = engine.render(original, List.of(targets));
        if (!(rendering instanceof Finished(List<Made> made))) {
            throw new AssertionError(original + ": " + rendering);
        }
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            byte[] file = Files.readAllBytes(targets[i].file());
            byte[] picture = Arrays.copyOfRange(file, HEADER.length, file.length);
            if (!Arrays.equals(HEADER, Arrays.copyOf(file, HEADER.length))
                    || made.get(i).length() != picture.length
                    || !made.get(i).name().equals(targets[i].name())) {
                throw new AssertionError("badly written: " + made.get(i));
            }
            BufferedImage decoded = decoded(picture);
            if (decoded != null
                    && !made.get(i)
                            .size()
                            .equals(new Size(decoded.getWidth(), decoded.getHeight()))) {
                throw new AssertionError("not as large as told: " + made.get(i));
            }
            pictures.add(picture);
        }
        return pictures;
    }

    /** Renders one target and decodes it again. */
    public BufferedImage picture(Original original, Target target) throws IOException {
        return Objects.requireNonNull(decoded(draw(original, target).getFirst()));
    }

    /** Renders and expects a refusal. */
    public String refusal(Original original) throws IOException {
        Rendering rendering = engine.render(original, List.of(fit(ImageFormat.JPEG, 300)));
        if (rendering instanceof Undecodable(String reason)) {
            return reason;
        }
        throw new AssertionError(original + " was rendered");
    }

    /** The mean colour of a part of the picture, in tenths of its sides. */
    public static Color mean(BufferedImage image, int left, int top, int width, int height) {
        long red = 0;
        long green = 0;
        long blue = 0;
        int pixels = 0;
        for (int y = image.getHeight() * top / 10;
                y < image.getHeight() * (top + height) / 10;
                y++) {
            for (int x = image.getWidth() * left / 10;
                    x < image.getWidth() * (left + width) / 10;
                    x++) {
                Color colour = new Color(image.getRGB(x, y));
                red += colour.getRed();
                green += colour.getGreen();
                blue += colour.getBlue();
                pixels++;
            }
        }
        return new Color((int) (red / pixels), (int) (green / pixels), (int) (blue / pixels));
    }

    private static @org.jspecify.annotations.Nullable BufferedImage decoded(byte[] picture)
            throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture));
    }
}
