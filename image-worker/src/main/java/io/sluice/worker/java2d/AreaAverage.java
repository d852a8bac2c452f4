package io.sluice.worker.java2d;

import io.sluice.worker.engine.Size;
import java.util.Arrays;

/**
 * Shrinks by averaging all pixels under each new one, those at its border by the share they have in
 * it. Unlike interpolation that leaves nothing out, so fine patterns don't shimmer.
 */
final class AreaAverage {
    private static final int SAMPLES = 4;

    private final Bitmap from;
    private final Size to;
    private final double columns;
    private final double rows;

    private AreaAverage(Bitmap from, Size to) {
        this.from = from;
        this.to = to;
        this.columns = (double) from.size().width() / to.width();
        this.rows = (double) from.size().height() / to.height();
    }

    /**
     * @param to no larger than the picture on either side
     */
    static Bitmap shrink(Bitmap from, Size to) {
        return from.size().equals(to) ? from : new AreaAverage(from, to).shrink();
    }

    private Bitmap shrink() {
        int[] pixels = new int[Math.toIntExact(to.pixels())];
        float[] sums = new float[to.width() * SAMPLES];
        for (int y = 0; y < to.height(); y++) {
            Arrays.fill(sums, 0);
            double top = y * rows;
            double bottom = Math.min(top + rows, from.size().height());
            for (int row = (int) top; row < bottom; row++) {
                addRow(row, (float) share(row, top, bottom), sums);
            }
            pack(sums, pixels, y * to.width());
        }
        return new Bitmap(to, pixels);
    }

    private void addRow(int row, float weight, float[] sums) {
        int start = row * from.size().width();
        for (int x = 0; x < to.width(); x++) {
            double left = x * columns;
            double right = Math.min(left + columns, from.size().width());
            for (int column = (int) left; column < right; column++) {
                float share = weight * (float) share(column, left, right);
                int pixel = from.pixels()[start + column];
                sums[x * SAMPLES] += share * (pixel >>> 24);
                sums[x * SAMPLES + 1] += share * (pixel >>> 16 & 0xFF);
                sums[x * SAMPLES + 2] += share * (pixel >>> 8 & 0xFF);
                sums[x * SAMPLES + 3] += share * (pixel & 0xFF);
            }
        }
    }

    private void pack(float[] sums, int[] pixels, int start) {
        float area = (float) (columns * rows);
        for (int x = 0; x < to.width(); x++) {
            int pixel = 0;
            for (int sample = 0; sample < SAMPLES; sample++) {
                int mean = Math.min(255, Math.round(sums[x * SAMPLES + sample] / area));
                pixel = pixel << 8 | mean;
            }
            pixels[start + x] = pixel;
        }
    }

    /** How much of the pixel from {@code at} to {@code at + 1} lies between the two. */
    private static double share(int at, double from, double to) {
        return Math.min(at + 1, to) - Math.max(at, from);
    }
}
