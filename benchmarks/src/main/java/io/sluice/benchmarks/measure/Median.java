package io.sluice.benchmarks.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of several measurements: one disturbed run doesn't move it. */
public final class Median {
    private Median() {}

    /**
     * The median of one figure of each sample.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static <T> double of(List<T> samples, ToDoubleFunction<T> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("the median of nothing");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
