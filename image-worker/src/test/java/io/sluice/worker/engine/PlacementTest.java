package io.sluice.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.model.ImageFormat;
import io.sluice.model.RenditionSpec.Mode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementTest {

    @Test
    void fitsTheWholePictureIntoTheBox() {
        assertThat(placed(Mode.FIT, new Size(100, 100), new Size(400, 200)))
                .isEqualTo(new Placement(0, 0, 400, 200, new Size(100, 50), new Size(100, 50)));
    }

    @Test
    void keepsASmallPictureThatFits() {
        assertThat(placed(Mode.FIT, new Size(100, 100), new Size(40, 20)).out())
                .isEqualTo(new Size(40, 20));
    }

    @Test
    void leavesAPixelOfTheThinnestPicture() {
        assertThat(placed(Mode.FIT, new Size(100, 100), new Size(10_000, 1)).out())
                .isEqualTo(new Size(100, 1));
    }

    @Test
    void coversWithTheMiddle() {
        assertThat(placed(Mode.COVER, new Size(50, 50), new Size(400, 200)))
                .isEqualTo(new Placement(100, 0, 200, 200, new Size(50, 50), new Size(50, 50)));
    }

    @Test
    void coversWithAPartOfAnEndlessStripOnly() {
        Placement placement = placed(Mode.COVER, new Size(200, 200), new Size(1, 30_000));
        assertThat(placement.height()).isCloseTo(1, within(1e-9));
        assertThat(placement.partOf(new Size(1, 30_000), new Size(1, 30_000)).size())
                .isEqualTo(new Size(1, 1));
    }

    @Test
    void measuresThePartInASmallerCopy() {
        Placement placement = placed(Mode.COVER, new Size(50, 50), new Size(400, 200));
        assertThat(placement.partOf(new Size(100, 50), new Size(400, 200)))
                .isEqualTo(new Placement.Part(25, 0, new Size(50, 50)));
    }

    @Test
    void sharesTheScaleOfTheLargestAndNeverEnlarges() {
        Size picture = new Size(400, 200);
        Placement small = placed(Mode.COVER, new Size(50, 50), picture);
        Placement large = placed(Mode.FIT, new Size(200, 200), picture);
        Placement larger = placed(Mode.COVER, new Size(900, 900), picture);
        assertThat(Placement.sharedScale(List.of(small, large))).isEqualTo(0.5);
        assertThat(Placement.sharedScale(List.of(small, larger))).isEqualTo(1);
    }

    private static Placement placed(Mode mode, Size box, Size picture) {
        var target = new Target("t", Path.of("t"), 0, ImageFormat.JPEG, mode, box, 80);
        return Placement.of(target, picture);
    }
}
