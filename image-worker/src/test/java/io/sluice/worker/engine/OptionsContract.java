package io.sluice.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.Gravity;
import io.sluice.model.ImageFormat;
import io.sluice.model.RenditionOptions;
import io.sluice.model.RenditionSpec.Mode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine must make of a rendition's options. */
public interface OptionsContract {
    ImageEngine engine(PixelLimit limit);

    /** 120 x 40: red, green and blue squares side by side. */
    private static Original flag(Path folder) throws IOException {
        var flag = new BufferedImage(120, 40, BufferedImage.TYPE_INT_RGB);
        paint(flag, 0, 0, 40, 40, Color.RED);
        paint(flag, 40, 0, 40, 40, Color.GREEN);
        paint(flag, 80, 0, 40, 40, Color.BLUE);
        return saved(folder, flag);
    }

    private static Original saved(Path folder, BufferedImage image) throws IOException {
        Path file = folder.resolve("painted.png");
        ImageIO.write(image, "png", file.toFile());
        return new Original(file, "image/png");
    }

    private static void paint(BufferedImage on, int x, int y, int width, int height, Color colour) {
        Graphics2D pen = on.createGraphics();
        pen.setColor(colour);
        pen.fillRect(x, y, width, height);
        pen.dispose();
    }

    private BufferedImage drawn(
            Path folder, Original original, Mode mode, int width, int height, Options options)
            throws IOException {
        Drawn drawn = new Drawn(folder, engine(PixelLimit.DEFAULT));
        Target target = drawn.target("t", ImageFormat.PNG, mode, width, height);
        return drawn.picture(original, Drawn.with(target, options.build()));
    }

    /** Options, most of them left out. */
    final class Options {
        Gravity gravity = Gravity.CENTRE;
        double focusX;
        String background = "";
        int rotate;
        int trim;
        double blur;
        double sharpen;
        long maxBytes;

        RenditionOptions build() {
            return new RenditionOptions(
                    gravity, focusX, 0.5, 0, background, rotate, trim, blur, sharpen, maxBytes);
        }
    }

    private static Color at(BufferedImage image, int x, int y) {
        return new Color(image.getRGB(x, y));
    }

    private static void assertAlike(Color actual, Color expected) {
        int difference =
                Math.max(
                        Math.abs(actual.getRed() - expected.getRed()),
                        Math.max(
                                Math.abs(actual.getGreen() - expected.getGreen()),
                                Math.abs(actual.getBlue() - expected.getBlue())));
        assertThat(difference).as("%s is like %s", actual, expected).isLessThan(12);
    }

    @Test
    default void containsThePictureInABoxOfTheBackground(@TempDir Path folder) throws IOException {
        var options = new Options();
        BufferedImage white = drawn(folder, flag(folder), Mode.CONTAIN, 60, 60, options);
        assertThat(white.getWidth()).isEqualTo(60);
        assertThat(white.getHeight()).isEqualTo(60);
        assertAlike(at(white, 30, 5), Color.WHITE);
        assertAlike(at(white, 30, 30), Color.GREEN);
        options.background = "102030";
        BufferedImage blue = drawn(folder, flag(folder), Mode.CONTAIN, 60, 60, options);
        assertAlike(at(blue, 30, 55), new Color(0x102030));
        assertAlike(at(blue, 5, 30), Color.RED);
    }

    @Test
    default void containsWithNothingBehindWhatIsTransparent(@TempDir Path folder)
            throws IOException {
        Original alpha = TestFiles.original("alpha.png", "image/png");
        BufferedImage picture = drawn(folder, alpha, Mode.CONTAIN, 100, 100, new Options());
        assertThat(picture.getRGB(50, 5) >>> 24).isZero();
        var options = new Options();
        options.background = "ff0000";
        BufferedImage red = drawn(folder, alpha, Mode.CONTAIN, 100, 100, options);
        assertThat(red.getRGB(50, 5)).isEqualTo(0xFFFF0000);
        assertAlike(at(red, 99, 50), Color.RED);
    }

    @Test
    default void stretchesByForce(@TempDir Path folder) throws IOException {
        BufferedImage picture = drawn(folder, flag(folder), Mode.FORCE, 30, 60, new Options());
        assertThat(picture.getWidth()).isEqualTo(30);
        assertThat(picture.getHeight()).isEqualTo(60);
        assertAlike(at(picture, 3, 50), Color.RED);
        assertAlike(at(picture, 26, 5), Color.BLUE);
    }

    @Test
    default void keepsTheSideThatGravityPullsTo(@TempDir Path folder) throws IOException {
        var options = new Options();
        options.gravity = Gravity.WEST;
        assertAlike(
                at(drawn(folder, flag(folder), Mode.COVER, 20, 20, options), 10, 10), Color.RED);
        options.gravity = Gravity.SOUTH_EAST;
        assertAlike(
                at(drawn(folder, flag(folder), Mode.COVER, 20, 20, options), 10, 10), Color.BLUE);
        options.gravity = Gravity.FOCUS;
        options.focusX = 0.2;
        BufferedImage picture = drawn(folder, flag(folder), Mode.COVER, 40, 40, options);
        assertAlike(at(picture, 5, 20), Color.RED);
        options.focusX = 0.5;
        picture = drawn(folder, flag(folder), Mode.COVER, 40, 40, options);
        assertAlike(at(picture, 20, 20), Color.GREEN);
    }

    @Test
    default void keepsWhatThereIsToSee(@TempDir Path folder) throws IOException {
        var plain = new BufferedImage(400, 100, BufferedImage.TYPE_INT_RGB);
        paint(plain, 0, 0, 400, 100, Color.LIGHT_GRAY);
        for (int i = 0; i < 10; i++) {
            paint(plain, 310 + 8 * i, 20, 4, 60, Color.RED);
        }
        for (Gravity gravity : new Gravity[] {Gravity.ATTENTION, Gravity.ENTROPY}) {
            var options = new Options();
            options.gravity = gravity;
            BufferedImage picture =
                    drawn(folder, saved(folder, plain), Mode.COVER, 100, 100, options);
            Color mean = Drawn.mean(picture, 0, 2, 10, 6);
            assertThat(mean.getRed() - mean.getGreen()).as("%s", gravity).isGreaterThan(30);
        }
    }

    @Test
    default void turnsClockwise(@TempDir Path folder) throws IOException {
        var options = new Options();
        options.rotate = 90;
        BufferedImage picture = drawn(folder, flag(folder), Mode.FIT, 60, 60, options);
        assertThat(picture.getWidth()).isEqualTo(20);
        assertThat(picture.getHeight()).isEqualTo(60);
        assertAlike(at(picture, 10, 5), Color.RED);
        options.rotate = 180;
        assertAlike(at(drawn(folder, flag(folder), Mode.FIT, 60, 60, options), 5, 5), Color.BLUE);
        options.rotate = 270;
        assertAlike(at(drawn(folder, flag(folder), Mode.FIT, 60, 60, options), 10, 5), Color.BLUE);
    }

    @Test
    default void takesABorderOff(@TempDir Path folder) throws IOException {
        var framed = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        paint(framed, 0, 0, 200, 200, new Color(250, 240, 230));
        paint(framed, 60, 80, 100, 50, Color.BLUE);
        var options = new Options();
        options.trim = 20;
        BufferedImage picture = drawn(folder, saved(folder, framed), Mode.FIT, 100, 100, options);
        assertThat(picture.getWidth()).isEqualTo(100);
        assertThat(picture.getHeight()).isEqualTo(50);
        assertAlike(at(picture, 3, 3), Color.BLUE);
        paint(framed, 0, 0, 200, 200, Color.WHITE);
        assertThat(drawn(folder, saved(folder, framed), Mode.FIT, 100, 100, options).getWidth())
                .isEqualTo(100);
    }

    @Test
    default void blursAndSharpens(@TempDir Path folder) throws IOException {
        var options = new Options();
        options.blur = 5;
        Color mixed = at(drawn(folder, flag(folder), Mode.FIT, 120, 120, options), 39, 20);
        assertThat(mixed.getRed()).isBetween(70, 200);
        assertThat(mixed.getGreen()).isBetween(70, 200);
        var step = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        paint(step, 0, 0, 20, 40, new Color(100, 100, 100));
        paint(step, 20, 0, 20, 40, new Color(160, 160, 160));
        options.blur = 0;
        options.sharpen = 1;
        BufferedImage sharp = drawn(folder, saved(folder, step), Mode.FIT, 40, 40, options);
        assertThat(at(sharp, 20, 20).getRed()).isGreaterThan(165);
        assertAlike(at(sharp, 35, 20), new Color(160, 160, 160));
    }

    @Test
    default void lowersTheQualityForTheBytes(@TempDir Path folder) throws IOException {
        Drawn drawn = new Drawn(folder, engine(PixelLimit.DEFAULT));
        Target target = drawn.fit(ImageFormat.JPEG, 400);
        var options = new Options();
        int whole = drawn.draw(TestFiles.jpeg("camera.jpg"), target).getFirst().length;
        options.maxBytes = whole / 2;
        int half =
                drawn.draw(
                                TestFiles.jpeg("camera.jpg"),
                                Drawn.with(drawn.fit(ImageFormat.JPEG, 400), options.build()))
                        .getFirst()
                        .length;
        assertThat(half).isBetween(whole / 4, whole / 2);
    }
}
