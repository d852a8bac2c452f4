package io.sluice.edge.http.structured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a list or a dictionary is made of. */
public sealed interface Member {
    /** By their keys, in their order; of a repeated key the last value counts. */
    Map<String, BareItem> parameters();

    /** A value (RFC 9651, section 3.3). */
    record Item(BareItem value, Map<String, BareItem> parameters) implements Member {
        public Item {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /** Several values in parentheses (RFC 9651, section 3.1.1). */
    record InnerList(List<Item> items, Map<String, BareItem> parameters) implements Member {
        public InnerList {
            items = List.copyOf(items);
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }
}
