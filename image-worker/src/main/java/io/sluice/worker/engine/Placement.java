package io.sluice.worker.engine;

import java.util.Collection;

/**
 * Which part of a picture a target shows and how large: the part has the picture's centre.
 *
 * @param width of the part, in pixels of the picture
 * @param height of the part, in pixels of the picture
 * @param out what the part becomes
 */
public record Placement(double width, double height, Size out) {

    /** Where the target puts a picture of that (upright) size. */
    public static Placement of(Target target, Size picture) {
        double x = (double) target.box().width() / picture.width();
        double y = (double) target.box().height() / picture.height();
        return switch (target.mode()) {
            case FIT ->
                    new Placement(
                            picture.width(),
                            picture.height(),
                            picture.scaled(Math.min(1, Math.min(x, y))));
            case COVER -> {
                double scale = Math.max(x, y);
                yield new Placement(
                        Math.min(picture.width(), target.box().width() / scale),
                        Math.min(picture.height(), target.box().height() / scale),
                        target.box());
            }
        };
    }

    /**
     * The factor, 1 at most, by which a picture can be shrunk before all is cut out of it without
     * enlarging anything.
     */
    public static double sharedScale(Collection<Placement> placements) {
        return Math.min(1, placements.stream().mapToDouble(Placement::scale).max().orElse(1));
    }

    /** The part, in pixels of a smaller copy of the picture. */
    public Size partOf(Size copy, Size picture) {
        return new Size(
                side(width * copy.width() / picture.width(), copy.width()),
                side(height * copy.height() / picture.height(), copy.height()));
    }

    private static int side(double length, int atMost) {
        return Math.clamp(Math.round(length), 1, atMost);
    }

    private double scale() {
        return Math.max(out.width() / width, out.height() / height);
    }
}
