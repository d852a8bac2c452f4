package io.sluice.edge.http.loop;

/**
 * How many event loops serve clients.
 *
 * @param count at least 1
 */
public record Workers(int count) {
    private static final int MOST = 1024;

    public Workers {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(
                    "sluice.edge.workers is %d: give 1 to %d, or auto for one per core"
                            .formatted(count, MOST));
        }
    }

    /**
     * Reads the setting: {@code auto} is one per core.
     *
     * @throws IllegalArgumentException if the text is neither {@code auto} nor a usable number
     */
    public static Workers valueOf(String text) {
        if (text.equals("auto")) {
            return new Workers(Runtime.getRuntime().availableProcessors());
        }
        try {
            return new Workers(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            // Its message names neither the setting nor the remedy.
            throw new IllegalArgumentException(
                    "sluice.edge.workers is '%s': give a number, or auto for one per core"
                            .formatted(text));
        }
    }
}
