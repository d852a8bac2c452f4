package io.sluice.edge.http.multipart;

import io.sluice.edge.http.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part's header.
 *
 * @param fields the values by their names in lower case
 */
public record PartHeader(Map<String, String> fields) {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    public PartHeader {
        fields = Map.copyOf(fields);
    }

    /**
     * Reads the lines up to the empty one. Browsers send names of files as raw UTF-8.
     *
     * @throws io.sluice.edge.http.problem.Refusal if they are malformed
     */
    static PartHeader parse(byte[] block) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text(block).split("\r\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 0
                    || line.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)
                    || !NAME.matcher(line.substring(0, colon)).matches()) {
                throw Problem.MALFORMED.because("a part's header is malformed");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (fields.putIfAbsent(name, line.substring(colon + 1).strip()) != null) {
                throw Problem.MALFORMED.because("a part's header has a field twice");
            }
        }
        return new PartHeader(fields);
    }

    private static String text(byte[] block) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(block)).toString();
        } catch (CharacterCodingException e) {
            // Old clients use the page's charset; the name is metadata, so a wrong letter is no
            // harm.
            return new String(block, StandardCharsets.ISO_8859_1);
        }
    }

    /** The value of a field, by its name in lower case. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
