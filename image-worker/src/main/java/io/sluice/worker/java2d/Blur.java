package io.sluice.worker.java2d;

import io.sluice.worker.engine.Size;

/** A Gaussian blur: one pass along the rows, one along the columns. */
final class Blur {
    private Blur() {}

    static Bitmap of(Bitmap picture, double sigma) {
        float[] kernel = kernel(sigma);
        Size size = picture.size();
        int[] rows = pass(picture.pixels(), size.width(), size.height(), 1, size.width(), kernel);
        return new Bitmap(size, pass(rows, size.height(), size.width(), size.width(), 1, kernel));
    }

    private static float[] kernel(double sigma) {
        int radius = Math.max(1, (int) Math.ceil(3 * sigma));
        float[] kernel = new float[2 * radius + 1];
        float sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            double distance = i - radius;
            kernel[i] = (float) Math.exp(-distance * distance / (2 * sigma * sigma));
            sum += kernel[i];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        return kernel;
    }

    private static int[] pass(
            int[] from, int length, int lines, int step, int lineStep, float[] kernel) {
        int[] to = new int[from.length];
        int radius = kernel.length / 2;
        for (int line = 0; line < lines; line++) {
            for (int at = 0; at < length; at++) {
                float alpha = 0;
                float red = 0;
                float green = 0;
                float blue = 0;
                for (int i = 0; i < kernel.length; i++) {
                    int beside = Math.clamp(at + i - radius, 0, length - 1);
                    int pixel = from[line * lineStep + beside * step];
                    alpha += kernel[i] * (pixel >>> 24);
                    red += kernel[i] * (pixel >> 16 & 0xFF);
                    green += kernel[i] * (pixel >> 8 & 0xFF);
                    blue += kernel[i] * (pixel & 0xFF);
                }
                to[line * lineStep + at * step] =
                        Math.round(alpha) << 24
                                | Math.round(red) << 16
                                | Math.round(green) << 8
                                | Math.round(blue);
            }
        }
        return to;
    }
}
