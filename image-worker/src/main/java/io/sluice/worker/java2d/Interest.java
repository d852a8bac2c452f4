package io.sluice.worker.java2d;

import io.sluice.worker.engine.Placement;
import io.sluice.worker.engine.Size;

/** Finds the part of a picture in which neighbouring pixels differ most. */
final class Interest {
    private Interest() {}

    static Placement.Part part(Bitmap picture, Size size) {
        Size whole = picture.size();
        double[] columns = new double[whole.width()];
        double[] rows = new double[whole.height()];
        for (int y = 1; y < whole.height(); y++) {
            for (int x = 1; x < whole.width(); x++) {
                int at = y * whole.width() + x;
                int here = luminance(picture.pixels()[at]);
                int change =
                        Math.abs(here - luminance(picture.pixels()[at - 1]))
                                + Math.abs(here - luminance(picture.pixels()[at - whole.width()]));
                columns[x] += change;
                rows[y] += change;
            }
        }
        return new Placement.Part(best(columns, size.width()), best(rows, size.height()), size);
    }

    /** Where the window with the largest sum begins; of equal ones the most central. */
    private static int best(double[] values, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += values[i];
        }
        int last = values.length - length;
        double most = sum;
        int best = 0;
        for (int start = 1; start <= last; start++) {
            sum += values[start + length - 1] - values[start - 1];
            boolean moreCentral = Math.abs(2 * start - last) < Math.abs(2 * best - last);
            if (sum > most + 0.5 || (Math.abs(sum - most) <= 0.5 && moreCentral)) {
                most = Math.max(most, sum);
                best = start;
            }
        }
        return best;
    }

    private static int luminance(int pixel) {
        return (54 * (pixel >> 16 & 0xFF) + 183 * (pixel >> 8 & 0xFF) + 19 * (pixel & 0xFF)) >> 8;
    }
}
