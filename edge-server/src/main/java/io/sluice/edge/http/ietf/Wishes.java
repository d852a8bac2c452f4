package io.sluice.edge.http.ietf;

import io.sluice.edge.http.header.ExpectedDigests;
import io.sluice.edge.http.structured.BareItem.Whole;
import io.sluice.edge.http.structured.Member;
import io.sluice.edge.http.structured.Member.Item;
import io.sluice.edge.http.structured.StructuredFields;
import io.sluice.edge.upload.transfer.Checksum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What the request that begins an upload says of its end, which may be in another request: the
 * fields themselves, kept with the upload.
 */
public record Wishes(HttpHeaders fields) {
    private static final String REPR_DIGEST = "Repr-Digest";
    private static final String WANT_REPR_DIGEST = "Want-Repr-Digest";
    private static final String PREFER = "Prefer";
    private static final List<String> KEPT = List.of(REPR_DIGEST, WANT_REPR_DIGEST, PREFER);

    /** The only algorithm whose digest is at hand without reading the upload once more. */
    private static final String AT_HAND = "sha-256";

    /** Those of a request. */
    public static Wishes of(HttpHeaders headers) {
        HttpHeaders kept = new HttpHeaders();
        KEPT.forEach(name -> headers.getOrEmpty(name).forEach(value -> kept.add(name, value)));
        return new Wishes(kept);
    }

    /** Those that were kept as {@link #words}. */
    public static Wishes ofWords(@Nullable String words) {
        HttpHeaders kept = new HttpHeaders();
        if (words != null) {
            words.lines()
                    .forEach(line -> {
                        int colon = line.indexOf(':');
                        kept.add(line.substring(0, colon), line.substring(colon + 1));
                    });
        }
        return new Wishes(kept);
    }

    /** The fields in lines of text; null if there are none. */
    public @Nullable String words() {
        List<String> lines = new ArrayList<>();
        fields.forEach((name, values) -> values.forEach(value -> lines.add(name + ':' + value)));
        return lines.isEmpty() ? null : String.join("\n", lines);
    }

    /**
     * What the whole upload must have in the end.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400 if the field is malformed
     */
    List<Checksum> ofWhole() {
        return ExpectedDigests.parse(fields.getOrEmpty(REPR_DIGEST)).checksums();
    }

    /** Whether the answer of the upload's end should tell its SHA-256 (RFC 9530, section 4). */
    public boolean isSha256Wanted() {
        return StructuredFields.dictionary(fields.getOrEmpty(WANT_REPR_DIGEST))
                .flatMap(wanted -> Optional.ofNullable(wanted.get(AT_HAND)))
                .filter(Wishes::isWeighty)
                .isPresent();
    }

    private static boolean isWeighty(Member weight) {
        return weight instanceof Item(Whole(long value), _) && value > 0;
    }

    /** The lines of Prefer. */
    public List<String> preferences() {
        return fields.getOrEmpty(PREFER);
    }
}
