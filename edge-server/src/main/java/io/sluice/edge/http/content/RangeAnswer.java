package io.sluice.edge.http.content;

import java.util.List;

/** What a Range field means for one file. */
sealed interface RangeAnswer {

    /** The whole file: there is no range, or none that can be understood or should be served. */
    record Whole() implements RangeAnswer {}

    /** These parts of it. */
    record Parts(List<ByteRange> ranges) implements RangeAnswer {
        public Parts {
            ranges = List.copyOf(ranges);
        }
    }

    /** Nothing of what was asked for exists. */
    record Unsatisfiable() implements RangeAnswer {}
}
