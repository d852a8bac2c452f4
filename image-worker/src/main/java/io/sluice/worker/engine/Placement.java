package io.sluice.worker.engine;

import io.sluice.model.Gravity;
import io.sluice.model.RenditionOptions;
import java.util.Collection;

/**
 * Which part of a picture a target shows, how large, and on which canvas.
 *
 * @param left of the part, in pixels of the picture
 * @param top of the part, in pixels of the picture
 * @param width of the part, in pixels of the picture
 * @param height of the part, in pixels of the picture
 * @param out what the part becomes
 * @param canvas what it lies on, in the middle; as large as {@code out} where nothing is left over
 */
public record Placement(
        double left, double top, double width, double height, Size out, Size canvas) {

    /** A part of a smaller copy of the picture, in its pixels. */
    public record Part(int left, int top, Size size) {}

    /** Where the target puts a picture of that (upright) size. */
    public static Placement of(Target target, Size picture) {
        double x = (double) target.box().width() / picture.width();
        double y = (double) target.box().height() / picture.height();
        Size inside = picture.scaled(Math.min(1, Math.min(x, y)));
        return switch (target.mode()) {
            case FIT -> whole(picture, inside, inside);
            case CONTAIN -> whole(picture, inside, target.box());
            case FORCE -> whole(picture, target.box(), target.box());
            case COVER -> {
                double scale = Math.max(x, y);
                double width = Math.min(picture.width(), target.box().width() / scale);
                double height = Math.min(picture.height(), target.box().height() / scale);
                RenditionOptions options = target.options();
                yield new Placement(
                        start(picture.width(), width, options.gravity().x(), options, true),
                        start(picture.height(), height, options.gravity().y(), options, false),
                        width,
                        height,
                        target.box(),
                        target.box());
            }
        };
    }

    private static Placement whole(Size picture, Size out, Size canvas) {
        return new Placement(0, 0, picture.width(), picture.height(), out, canvas);
    }

    private static double start(
            int whole, double part, double share, RenditionOptions options, boolean across) {
        if (options.gravity() != Gravity.FOCUS) {
            return (whole - part) * share;
        }
        double focus = across ? options.focusX() : options.focusY();
        return Math.clamp(focus * whole - part / 2, 0, Math.max(0, whole - part));
    }

    /**
     * The factor, 1 at most, by which a picture can be shrunk before all is cut out of it without
     * enlarging anything.
     */
    public static double sharedScale(Collection<Placement> placements) {
        return Math.min(1, placements.stream().mapToDouble(Placement::scale).max().orElse(1));
    }

    /**
     * The same for targets of an upright picture; some are turned, some lose their border first.
     */
    public static double sharedScale(Collection<Target> targets, Size upright) {
        double scale =
                sharedScale(
                        targets.stream()
                                .map(target -> of(target, turned(upright, target.options())))
                                .toList());
        boolean anyTrimmed = targets.stream().anyMatch(target -> target.options().trim() > 0);
        return anyTrimmed ? Math.min(1, 2 * scale) : scale;
    }

    /** The size of a picture once it is turned as the options say. */
    public static Size turned(Size size, RenditionOptions options) {
        return options.rotate() % 180 == 0 ? size : size.transposed();
    }

    /** The part, in pixels of a smaller copy of the picture. */
    public Part partOf(Size copy, Size picture) {
        int partWidth = side(width * copy.width() / picture.width(), copy.width());
        int partHeight = side(height * copy.height() / picture.height(), copy.height());
        return new Part(
                at(left * copy.width() / picture.width(), copy.width() - partWidth),
                at(top * copy.height() / picture.height(), copy.height() - partHeight),
                new Size(partWidth, partHeight));
    }

    private static int side(double length, int atMost) {
        return Math.clamp(Math.round(length), 1, atMost);
    }

    private static int at(double start, int atMost) {
        return Math.clamp((long) start, 0, atMost);
    }

    private double scale() {
        return Math.max(out.width() / width, out.height() / height);
    }
}
