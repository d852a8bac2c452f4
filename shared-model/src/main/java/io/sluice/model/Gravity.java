package io.sluice.model;

import java.util.Locale;

/** Which part of a picture stays where some must go. */
public enum Gravity {
    CENTRE(0.5, 0.5),
    NORTH(0.5, 0),
    NORTH_EAST(1, 0),
    EAST(1, 0.5),
    SOUTH_EAST(1, 1),
    SOUTH(0.5, 1),
    SOUTH_WEST(0, 1),
    WEST(0, 0.5),
    NORTH_WEST(0, 0),
    /** Around the point that the options name. */
    FOCUS(0.5, 0.5),
    /** What is likely looked at: edges, skin, strong colours. */
    ATTENTION(0.5, 0.5),
    /** Where most is to be seen. */
    ENTROPY(0.5, 0.5);

    private final double x;
    private final double y;

    Gravity(double x, double y) {
        this.x = x;
        this.y = y;
    }

    /** The share of what must go that goes on the left. */
    public double x() {
        return x;
    }

    /** The share of what must go that goes above. */
    public double y() {
        return y;
    }

    /** Whether the picture itself must be looked at. */
    public boolean isSmart() {
        return this == ATTENTION || this == ENTROPY;
    }

    /** As it is spelled in settings and messages: {@code north-east}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The gravity of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Gravity ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
