package io.sluice.worker.engine;

import static io.sluice.worker.engine.TestFiles.jpeg;
import static io.sluice.worker.engine.TestFiles.original;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.icc.IccDirectory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import io.sluice.model.ImageFormat;
import io.sluice.model.RenditionSpec.Mode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine must do. */
public interface ImageEngineContract {
    ImageEngine engine(PixelLimit limit);

    private Drawn drawn(Path folder) {
        return new Drawn(folder, engine(PixelLimit.DEFAULT));
    }

    @Test
    default void fitsAPhotographIntoTheBox(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        BufferedImage picture = drawn.picture(jpeg("camera.jpg"), drawn.fit(ImageFormat.JPEG, 600));
        assertThat(picture.getWidth()).isEqualTo(600);
        assertThat(picture.getHeight()).isEqualTo(338);
    }

    @Test
    default void neverEnlargesToFit(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        BufferedImage picture =
                drawn.picture(jpeg("display-p3.jpg"), drawn.fit(ImageFormat.JPEG, 1200));
        assertThat(picture.getWidth()).isEqualTo(320);
        assertThat(picture.getHeight()).isEqualTo(180);
    }

    @Test
    default void coversTheExactBoxAlsoOfASmallerPicture(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        for (Size box : List.of(new Size(200, 200), new Size(33, 77), new Size(500, 400))) {
            BufferedImage picture =
                    drawn.picture(
                            jpeg("display-p3.jpg"),
                            drawn.cover(ImageFormat.PNG, box.width(), box.height()));
            assertThat(new Size(picture.getWidth(), picture.getHeight())).isEqualTo(box);
        }
    }

    @Test
    default void makesSeveralTargetsOfOneOriginal(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        List<byte[]> pictures =
                drawn.draw(
                        jpeg("camera.jpg"),
                        drawn.target("a", ImageFormat.JPEG, Mode.FIT, 1200, 1200),
                        drawn.target("b", ImageFormat.PNG, Mode.COVER, 200, 200),
                        drawn.target("c", ImageFormat.JPEG, Mode.FIT, 20, 20));
        assertThat(pictures).hasSize(3);
    }

    @Test
    default void turnsWhatTheCameraHeldSideways(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        BufferedImage turned = drawn.picture(jpeg("rotated.jpg"), drawn.fit(ImageFormat.PNG, 400));
        BufferedImage upright = drawn.picture(jpeg("camera.jpg"), drawn.fit(ImageFormat.PNG, 400));
        assertThat(new Size(turned.getWidth(), turned.getHeight())).isEqualTo(new Size(400, 228));
        for (int x = 0; x < 10; x += 2) {
            for (int y = 0; y < 10; y += 2) {
                assertAlike(Drawn.mean(turned, x, y, 2, 2), Drawn.mean(upright, x, y, 2, 2), 12);
            }
        }
    }

    @Test
    default void understandsAllEightOrientations(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        for (int tag = 1; tag <= 8; tag++) {
            Path file = folder.resolve(tag + ".jpg");
            Files.write(file, OrientedJpeg.of(tag));
            BufferedImage shown =
                    drawn.picture(new Original(file, "image/jpeg"), drawn.fit(ImageFormat.PNG, 80));
            assertThat(new Size(shown.getWidth(), shown.getHeight())).isEqualTo(OrientedJpeg.SHOWN);
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 2; x++) {
                    Color middle = Drawn.mean(shown, 1 + 5 * x, 1 + 5 * y, 3, 3);
                    assertAlike(middle, OrientedJpeg.corner(x, y), 10);
                }
            }
        }
    }

    @Test
    default void turnsACoverToo(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        BufferedImage turned =
                drawn.picture(jpeg("rotated.jpg"), drawn.cover(ImageFormat.PNG, 150, 300));
        BufferedImage upright =
                drawn.picture(jpeg("camera.jpg"), drawn.cover(ImageFormat.PNG, 150, 300));
        assertAlike(Drawn.mean(turned, 0, 0, 5, 5), Drawn.mean(upright, 0, 0, 5, 5), 12);
        assertAlike(Drawn.mean(turned, 5, 5, 5, 5), Drawn.mean(upright, 5, 5, 5, 5), 12);
    }

    @Test
    default void leavesNoMetadataBehind(@TempDir Path folder)
            throws IOException, ImageProcessingException {
        Drawn drawn = drawn(folder);
        for (ImageFormat format : engine(PixelLimit.DEFAULT).writes()) {
            for (Original photo :
                    List.of(
                            jpeg("camera.jpg"),
                            jpeg("rotated.jpg"),
                            jpeg("display-p3.jpg"),
                            original("photo.webp", "image/webp"))) {
                byte[] picture = drawn.draw(photo, drawn.fit(format, 400)).getFirst();
                String bytes = new String(picture, StandardCharsets.ISO_8859_1);
                assertThat(bytes)
                        .as("%s as %s", photo, format)
                        .doesNotContain(
                                "Exif", "EXIF", "Lumia", "Nokia", "WebPCamera", "xmp", "<x:");
                assertThat(
                                ImageMetadataReader.readMetadata(new ByteArrayInputStream(picture))
                                        .getDirectories())
                        .noneMatch(ImageEngineContract::isMetadata);
            }
        }
    }

    @Test
    default void putsATransparentPictureOnWhiteForJpeg(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        Original alpha = original("alpha.png", "image/png");
        BufferedImage picture = drawn.picture(alpha, drawn.fit(ImageFormat.JPEG, 300));
        Color right = new Color(picture.getRGB(picture.getWidth() - 1, 50));
        assertAlike(right, Color.WHITE, 8);
        assertThat(drawn.picture(alpha, drawn.fit(ImageFormat.PNG, 300)).getColorModel().hasAlpha())
                .isTrue();
    }

    @Test
    default void bringsOtherColourSpacesToSrgb(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        Color wanted =
                Drawn.mean(
                        drawn.picture(
                                original("photo.tiff", "image/tiff"),
                                drawn.fit(ImageFormat.PNG, 320)),
                        0,
                        5,
                        5,
                        5);
        for (String name : List.of("display-p3.jpg", "cmyk.jpg")) {
            Color got =
                    Drawn.mean(
                            drawn.picture(jpeg(name), drawn.fit(ImageFormat.PNG, 320)), 0, 5, 5, 5);
            assertAlike(got, wanted, name.startsWith("cmyk") ? 40 : 6);
        }
    }

    @Test
    default void readsEveryTypeItClaims(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        Path bmp = folder.resolve("photo.bmp");
        ImageIO.write(ImageIO.read(jpeg("camera.jpg").file().toFile()), "bmp", bmp.toFile());
        for (Original photo :
                List.of(
                        jpeg("camera.jpg"),
                        original("alpha.png", "image/png"),
                        original("photo.webp", "image/webp"),
                        original("animated.gif", "image/gif"),
                        original("photo.tiff", "image/tiff"),
                        original("photo.avif", "image/avif"),
                        new Original(bmp, "image/bmp"))) {
            if (engine(PixelLimit.DEFAULT).reads().contains(photo.type())) {
                BufferedImage picture = drawn.picture(photo, drawn.fit(ImageFormat.JPEG, 100));
                assertThat(picture.getWidth()).as(photo.type()).isEqualTo(100);
            }
        }
    }

    @Test
    default void takesTheFirstFrameOfAnAnimation(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        BufferedImage picture =
                drawn.picture(
                        original("animated.gif", "image/gif"), drawn.fit(ImageFormat.PNG, 500));
        assertThat(new Size(picture.getWidth(), picture.getHeight())).isEqualTo(new Size(160, 120));
    }

    @Test
    default void keepsTheBrightnessOfGrey(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        var grey = new BufferedImage(90, 60, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSamples(0, 0, 90, 60, 0, filled(90 * 60, 100));
        Path file = folder.resolve("grey.png");
        ImageIO.write(grey, "png", file.toFile());
        BufferedImage picture =
                drawn.picture(new Original(file, "image/png"), drawn.fit(ImageFormat.JPEG, 30));
        // Not getRGB: Java takes grey samples for linear light and brightens them.
        assertThat(picture.getRaster().getSample(15, 10, 0)).isBetween(97, 103);
    }

    @Test
    default void callsATruncatedOriginalDamaged(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        assertThat(drawn.refusal(jpeg("truncated.jpg"))).isNotBlank();
        for (Original whole :
                List.of(
                        original("alpha.png", "image/png"),
                        original("photo.webp", "image/webp"),
                        original("animated.gif", "image/gif"))) {
            byte[] bytes = Files.readAllBytes(whole.file());
            Path cut = folder.resolve("cut");
            int kept = whole.type().equals("image/gif") ? bytes.length / 8 : bytes.length / 2;
            Files.write(cut, Arrays.copyOf(bytes, kept));
            assertThat(drawn.refusal(new Original(cut, whole.type()))).isNotBlank();
        }
    }

    @Test
    default void callsWhatIsNoPictureDamaged(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        for (String name : List.of("notes.txt", "document.pdf", "empty.bin", "alpha.png")) {
            assertThat(drawn.refusal(jpeg(name))).as(name).isNotBlank();
        }
    }

    @Test
    default void decodesOnlyTheTypesItNames(@TempDir Path folder) throws IOException {
        Path svg = folder.resolve("drawing.svg");
        Files.writeString(
                svg, "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><g/></svg>");
        Drawn drawn = drawn(folder);
        for (String type : List.of("image/svg+xml", "application/pdf", "image/png", "")) {
            assertThat(drawn.refusal(new Original(svg, type))).isNotBlank();
        }
    }

    @Test
    default void refusesABombByItsHeader(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        assertThat(drawn.refusal(original("huge.png", "image/png")))
                .contains("30000x30000", PixelLimit.PROPERTY);
        Drawn strict = new Drawn(folder, engine(new PixelLimit(1278 * 720 - 1)));
        assertThat(strict.refusal(jpeg("camera.jpg"))).contains("1278x720");
    }

    @Test
    default void tellsAMissingFileFromADamagedOne(@TempDir Path folder) throws IOException {
        Drawn drawn = drawn(folder);
        var missing = new Original(folder.resolve("missing"), "image/jpeg");
        assertThatThrownBy(() -> drawn.refusal(missing)).isInstanceOf(IOException.class);
        Target target = drawn.fit(ImageFormat.JPEG, 10);
        Files.delete(target.file());
        assertThatThrownBy(() -> drawn.draw(jpeg("camera.jpg"), target))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static int[] filled(int length, int value) {
        int[] values = new int[length];
        Arrays.fill(values, value);
        return values;
    }

    private static boolean isMetadata(Directory directory) {
        return directory instanceof ExifDirectoryBase
                || directory instanceof XmpDirectory
                || directory instanceof IptcDirectory
                || directory instanceof IccDirectory;
    }

    private static void assertAlike(Color actual, Color expected, int tolerance) {
        assertThat(
                        List.of(
                                Math.abs(actual.getRed() - expected.getRed()),
                                Math.abs(actual.getGreen() - expected.getGreen()),
                                Math.abs(actual.getBlue() - expected.getBlue())))
                .as("%s is like %s", actual, expected)
                .allMatch(difference -> difference <= tolerance);
    }
}
