package io.sluice.worker.java2d;

import io.sluice.worker.engine.Placement;
import io.sluice.worker.engine.Size;

/** The border of a picture that has the colour of its upper left corner. */
final class Border {
    private Border() {}

    /** What lies within it; the whole picture where there is nothing else. */
    static Placement.Part within(Bitmap picture, int threshold) {
        int width = picture.size().width();
        int corner = picture.pixels()[0];
        int left = width;
        int right = -1;
        int top = -1;
        int bottom = -1;
        for (int i = 0; i < picture.pixels().length; i++) {
            if (distance(picture.pixels()[i], corner) > threshold) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width);
                top = top < 0 ? i / width : top;
                bottom = i / width;
            }
        }
        return right < 0
                ? new Placement.Part(0, 0, picture.size())
                : new Placement.Part(left, top, new Size(right - left + 1, bottom - top + 1));
    }

    private static int distance(int a, int b) {
        int most = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            most = Math.max(most, Math.abs((a >>> shift & 0xFF) - (b >>> shift & 0xFF)));
        }
        return most;
    }
}
