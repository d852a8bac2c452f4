package io.sluice.worker.java2d;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.worker.engine.Size;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AreaAverageTest {

    @Test
    void isTheMeanOfWhatLiesUnderAPixel() {
        assertThat(shrunk(new Size(2, 2), new Size(1, 1), 0, 100, 200, 60))
                .containsExactly(grey(90));
    }

    @Test
    void takesAShareOfAPixelAtTheBorder() {
        // Two new pixels over three old ones: the middle one counts half for each.
        assertThat(shrunk(new Size(3, 1), new Size(2, 1), 30, 60, 90))
                .containsExactly(grey(40), grey(80));
    }

    @Test
    void leavesAnEvenPictureAsItIs() {
        int[] even = new int[7 * 5];
        Arrays.fill(even, 77);
        assertThat(shrunk(new Size(7, 5), new Size(3, 2), even)).containsOnly(grey(77));
    }

    private static int[] shrunk(Size from, Size to, int... shades) {
        int[] pixels = Arrays.stream(shades).map(AreaAverageTest::grey).toArray();
        return AreaAverage.shrink(new Bitmap(from, pixels), to).pixels();
    }

    private static int grey(int shade) {
        return 0xFF000000 | shade * 0x010101;
    }
}
