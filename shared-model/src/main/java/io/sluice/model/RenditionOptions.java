package io.sluice.model;

/**
 * What a rendition may be besides a box, a format and a quality. A zero asks for nothing.
 *
 * @param focusX of {@link Gravity#FOCUS}, 0 is the left edge and 1 the right one
 * @param focusY the same from the upper edge
 * @param dpr device pixels for each pixel of the box, 1 to 8; 0 is 1
 * @param background {@code rrggbb} behind what is transparent or left over; empty for white, or for
 *     nothing where the format knows transparency
 * @param rotate clockwise, in degrees: 0, 90, 180 or 270
 * @param trim takes off a border that differs no more than this from its corner, 1 to 255
 * @param blur the radius (sigma) in pixels of the rendition, up to 100
 * @param sharpen the same, up to 10
 * @param maxBytes lowers the quality until the file is no longer than this
 */
public record RenditionOptions(
        Gravity gravity,
        double focusX,
        double focusY,
        double dpr,
        String background,
        int rotate,
        int trim,
        double blur,
        double sharpen,
        long maxBytes) {

    /** None of them. */
    public static final RenditionOptions NONE =
            new RenditionOptions(Gravity.CENTRE, 0, 0, 0, "", 0, 0, 0, 0, 0);

    public RenditionOptions {
        require(focusX >= 0 && focusX <= 1 && focusY >= 0 && focusY <= 1, "focus", "from 0 to 1");
        require(dpr == 0 || (dpr >= 1 && dpr <= 8), "dpr", "from 1 to 8");
        require(background.isEmpty() || background.matches("[0-9a-f]{6}"), "background", "rrggbb");
        require(rotate >= 0 && rotate < 360 && rotate % 90 == 0, "rotate", "0, 90, 180 or 270");
        require(trim >= 0 && trim <= 255, "trim", "from 0 to 255");
        require(blur >= 0 && blur <= 100, "blur", "from 0 to 100");
        require(sharpen >= 0 && sharpen <= 10, "sharpen", "from 0 to 10");
        require(maxBytes >= 0, "max-bytes", "0 or more");
    }

    private static void require(boolean holds, String option, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException("%s must be %s".formatted(option, remedy));
        }
    }

    /** How many pixels a side of the box becomes. */
    public int scaled(int side) {
        return dpr == 0 ? side : (int) Math.round(side * dpr);
    }

    /** As a part of a cache key; empty for {@link #NONE}. */
    String key() {
        return equals(NONE)
                ? ""
                : ":%s:%s:%s:%s:%s:%s:%s:%s:%s:%s"
                        .formatted(
                                gravity.word(),
                                focusX,
                                focusY,
                                dpr,
                                background,
                                rotate,
                                trim,
                                blur,
                                sharpen,
                                maxBytes);
    }
}
