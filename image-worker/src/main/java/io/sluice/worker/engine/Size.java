package io.sluice.worker.engine;

/** Width and height in pixels. */
public record Size(int width, int height) {

    public Size {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("no picture is %dx%d".formatted(width, height));
        }
    }

    /** The same lying on its side. */
    public Size transposed() {
        return new Size(height, width);
    }

    /** The number of pixels. */
    public long pixels() {
        return (long) width * height;
    }

    /** Both sides multiplied and rounded, one pixel at least. */
    public Size scaled(double factor) {
        return new Size(scaled(width, factor), scaled(height, factor));
    }

    private static int scaled(int side, double factor) {
        return (int) Math.max(1, Math.round(side * factor));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
