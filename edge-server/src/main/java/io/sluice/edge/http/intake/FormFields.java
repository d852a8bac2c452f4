package io.sluice.edge.http.intake;

import io.sluice.edge.http.problem.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The text fields of a form. They become text when the form is complete, as the field {@code
 * _charset_} (RFC 7578, section 4.6) may tell what they are written in from anywhere among them.
 */
final class FormFields {
    private static final String CHARSET = "_charset_";

    private final Map<String, FieldPart> parts = new LinkedHashMap<>();

    /** Adds a complete field. */
    void add(FieldPart field) {
        if (parts.putIfAbsent(field.name(), field) != null) {
            throw Problem.MALFORMED.because("a field is given twice");
        }
    }

    /**
     * A field that has come already, as if it were in UTF-8; for what is judged again in the end.
     */
    Optional<String> find(String name) {
        return Optional.ofNullable(parts.get(name))
                .map(field -> field.text(StandardCharsets.UTF_8));
    }

    /** The values by name; UTF-8 unless the form or the field says otherwise. */
    Map<String, String> texts() {
        FieldPart named = parts.get(CHARSET);
        Charset usual =
                named == null
                        ? StandardCharsets.UTF_8
                        : charset(named.text(StandardCharsets.US_ASCII));
        Map<String, String> texts = new LinkedHashMap<>();
        parts.forEach((name, field) -> {
            if (!name.equals(CHARSET)) {
                texts.put(name, field.text(usual));
            }
        });
        return texts;
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name.strip());
        } catch (IllegalArgumentException e) {
            throw Problem.MALFORMED.because("the form's _charset_ is unknown");
        }
    }
}
