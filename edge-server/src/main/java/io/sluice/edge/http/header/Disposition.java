package io.sluice.edge.http.header;

import io.sluice.edge.http.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Disposition (RFC 6266, and RFC 7578 in forms).
 *
 * @param type in lower case: {@code attachment}, {@code form-data}
 * @param parameters by their names in lower case, as they were sent
 */
public record Disposition(String type, Map<String, String> parameters) {

    public Disposition {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads the field's value.
     *
     * @throws io.sluice.edge.http.problem.Refusal if it is malformed
     */
    public static Disposition parse(String value) {
        FieldScanner scanner = new FieldScanner(value);
        scanner.skipBlanks();
        String type = scanner.token();
        if (type == null) {
            throw malformed();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        scanner.skipBlanks();
        while (scanner.take(';')) {
            scanner.skipBlanks();
            if (!scanner.isAtEnd()) {
                readParameter(scanner, parameters);
            }
            scanner.skipBlanks();
        }
        if (!scanner.isAtEnd()) {
            throw malformed();
        }
        return new Disposition(type.toLowerCase(Locale.ROOT), parameters);
    }

    private static void readParameter(FieldScanner scanner, Map<String, String> parameters) {
        String name = scanner.token();
        scanner.skipBlanks();
        if (name == null || !scanner.take('=')) {
            throw malformed();
        }
        scanner.skipBlanks();
        // Some clients send bare names with characters that no token has: taken up to the next one.
        String text = scanner.isNext('"') ? scanner.quoted() : scanner.until(";").strip();
        if (text == null) {
            throw malformed();
        }
        if (parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), text) != null) {
            throw malformed();
        }
    }

    private static RuntimeException malformed() {
        return Problem.MALFORMED.because("Content-Disposition is malformed");
    }

    /** The name of a form's field. */
    public Optional<String> name() {
        return Optional.ofNullable(parameters.get("name")).map(FileNames::decode);
    }

    /** Whether a file name was given at all, be it empty. */
    public boolean isFile() {
        return parameters.containsKey("filename") || parameters.containsKey("filename*");
    }

    /** The file's name, cleaned; the extended form wins. Empty if nothing of it is usable. */
    public Optional<String> filename() {
        @Nullable String extended = parameters.get("filename*");
        Optional<String> name =
                extended == null ? Optional.empty() : FileNames.decodeExtended(extended);
        return name.or(() -> Optional.ofNullable(parameters.get("filename")).map(this::decode))
                .flatMap(FileNames::clean);
    }

    /** Forms escape what would end the quotation as browsers do (WHATWG), not as RFC 822 did. */
    private String decode(String text) {
        String name = FileNames.decode(text);
        return type.equals("form-data")
                ? name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
                : name;
    }
}
