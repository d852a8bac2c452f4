package io.sluice.benchmarks;

import static io.sluice.benchmarks.Table.figure;

/** A figure that was promised. */
final class Goal {
    private Goal() {}

    /** Says whether it was reached; a benchmark measures, it doesn't fail. */
    static void print(String what, double reached, double most, String unit) {
        System.out.printf(
                "goal %s: at most %s %s, reached %s: %s%n",
                what,
                figure(most, most == Math.rint(most) ? 0 : 3),
                unit,
                figure(reached, 2),
                reached <= most ? "met" : "MISSED");
    }

    /** The same of what was promised to be at least so much. */
    static void printLeast(String what, double reached, double least, String unit) {
        System.out.printf(
                "goal %s: at least %s %s, reached %s: %s%n",
                what,
                figure(least, least == Math.rint(least) ? 0 : 3),
                unit,
                figure(reached, 2),
                reached >= least ? "met" : "MISSED");
    }
}
