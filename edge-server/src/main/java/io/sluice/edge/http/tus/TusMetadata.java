package io.sluice.edge.http.tus;

import io.sluice.edge.http.header.FileNames;
import io.sluice.edge.http.problem.Json;
import io.sluice.edge.http.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What an Upload-Metadata field says.
 *
 * @param verbatim as it came; null if there is none, or an empty one
 * @param texts by key; values that are no UTF-8 are only in the verbatim field
 */
public record TusMetadata(@Nullable String verbatim, Map<String, String> texts) {
    /** What has a place of its own in an upload. Uppy calls the first two name and type, too. */
    private static final Set<String> KNOWN =
            Set.of("filename", "name", "filetype", "type", "profile");

    private static final int LONGEST_TYPE = 255;

    public TusMetadata {
        texts = Map.copyOf(texts);
    }

    /**
     * Reads the field.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400 if it is malformed
     */
    static TusMetadata of(HttpHeaders headers) {
        String field = String.join(",", headers.getOrEmpty(Tus.METADATA));
        return field.isBlank()
                ? new TusMetadata(null, Map.of())
                : new TusMetadata(field, read(field));
    }

    private static Map<String, String> read(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        Set<String> keys = new HashSet<>();
        for (String pair : field.split(",", -1)) {
            String[] words = pair.strip().split(" ", 2);
            String key = words[0];
            if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw malformed("a key is empty or not ASCII");
            }
            if (!keys.add(key)) {
                throw malformed("a key is given twice");
            }
            text(words.length == 1 ? "" : words[1]).ifPresent(text -> texts.put(key, text));
        }
        return texts;
    }

    private static Optional<String> text(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed("a value is no Base64");
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            // Any bytes are allowed; they are given back, but mean nothing here.
            return Optional.empty();
        }
    }

    private static RuntimeException malformed(String detail) {
        return Problem.MALFORMED.because("Upload-Metadata is malformed: " + detail);
    }

    /** The file's name, cleaned. */
    public @Nullable String filename() {
        return text("filename", "name").flatMap(FileNames::clean).orElse(null);
    }

    /** The file's type, if it is one. */
    public @Nullable String filetype() {
        return text("filetype", "type").filter(TusMetadata::isType).orElse(null);
    }

    private static boolean isType(String text) {
        try {
            return text.length() <= LONGEST_TYPE && MediaType.parseMediaType(text).isConcrete();
        } catch (InvalidMediaTypeException e) {
            // A client's guess that is none is as good as no guess.
            return false;
        }
    }

    /** The profile to process it by. */
    public Optional<String> profile() {
        return text("profile", "profile");
    }

    private Optional<String> text(String key, String other) {
        return Optional.ofNullable(texts.get(key))
                .or(() -> Optional.ofNullable(texts.get(other)))
                .filter(text -> !text.isEmpty());
    }

    /** Everything else, as a JSON object. */
    public String json() {
        Map<String, String> rest = new LinkedHashMap<>(texts);
        rest.keySet().removeAll(KNOWN);
        return new String(Json.bytes(rest), StandardCharsets.UTF_8);
    }
}
