package io.sluice.cache;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How many directories stand above a cached file and how long their names are: {@code 1:2} puts
 * {@code …029c} into {@code c/29}, as nginx's {@code levels} does.
 *
 * @param widths one to three numbers of hex digits, each 1 or 2, the outermost directory first
 */
public record Levels(List<Integer> widths) {
    private static final Pattern FORM = Pattern.compile("[12](:[12]){0,2}");

    public Levels {
        widths = List.copyOf(widths);
        if (!FORM.matcher(join(widths)).matches()) {
            throw refusal(join(widths));
        }
    }

    /**
     * Reads levels.
     *
     * @throws IllegalArgumentException if the text isn't one to three of 1 and 2 with colons
     *     between
     */
    public static Levels valueOf(String text) {
        String stripped = text.strip();
        if (!FORM.matcher(stripped).matches()) {
            throw refusal(text);
        }
        return new Levels(Arrays.stream(stripped.split(":", -1)).map(Integer::valueOf).toList());
    }

    /** The path of the file of that name below the cache directory: {@code c/29/<name>}. */
    String pathOf(String name) {
        StringBuilder path = new StringBuilder(name.length() + 9);
        int end = name.length();
        for (int width : widths) {
            path.append(name, end - width, end).append('/');
            end -= width;
        }
        return path.append(name).toString();
    }

    /** Whether a directory right below the cache directory can be one of ours. */
    boolean fitsOutermost(String directoryName) {
        return directoryName.length() == widths.getFirst()
                && directoryName.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0);
    }

    private static String join(List<Integer> widths) {
        return widths.stream().map(String::valueOf).collect(Collectors.joining(":"));
    }

    private static IllegalArgumentException refusal(String text) {
        return new IllegalArgumentException(
                "not levels like 1:2 (one to three numbers, each 1 or 2): " + text);
    }

    @Override
    public String toString() {
        return join(widths);
    }
}
