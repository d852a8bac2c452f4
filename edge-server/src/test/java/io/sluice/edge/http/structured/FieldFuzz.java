package io.sluice.edge.http.structured;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the fuzzer calls with fields of its own making. Whatever they are, each is understood or
 * ignored; and what is understood as an Item is a List of it, too.
 */
public final class FieldFuzz {
    private FieldFuzz() {}

    /** Lines of one field. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<String> lines = new String(data, StandardCharsets.ISO_8859_1).lines().toList();
        Optional<Member.Item> item = StructuredFields.item(lines);
        Optional<List<Member>> list = StructuredFields.list(lines);
        var _ = StructuredFields.dictionary(lines);
        if (item.isPresent() && !list.equals(Optional.of(List.of(item.get())))) {
            throw new AssertionError("an Item that is no List of it: " + lines);
        }
        if (StructuredFields.count(lines).isPresent() && StructuredFields.bool(lines).isPresent()) {
            throw new AssertionError("a number that is a Boolean: " + lines);
        }
    }
}
