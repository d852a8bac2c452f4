package io.sluice.edge.http.header;

import io.sluice.edge.http.problem.Refusal;
import java.nio.charset.StandardCharsets;

/**
 * What the fuzzer calls with bytes of its own making. Whatever a file is said to be called, its
 * name is harmless, stays so, and goes back in one line of ASCII.
 */
public final class DispositionFuzz {
    private DispositionFuzz() {}

    /**
     * One field's value.
     *
     * @param data a Content-Disposition; the first byte tells whether it came as UTF-8, as in forms
     */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 1) {
            return;
        }
        var charset = data[0] == 'u' ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        try {
            Disposition disposition =
                    Disposition.parse(new String(data, 1, data.length - 1, charset));
            disposition.name();
            disposition.filename().ifPresent(DispositionFuzz::requireHarmless);
        } catch (Refusal e) {
            if (e.problem().status() != 400) {
                throw new AssertionError("refused as something else", e);
            }
        }
    }

    private static void requireHarmless(String name) {
        if (name.isBlank()
                || name.length() > FileNames.LONGEST
                || name.equals(".")
                || name.equals("..")
                || name.codePoints().anyMatch(DispositionFuzz::isHarmful)) {
            throw new AssertionError("a harmful name: " + name);
        }
        if (!FileNames.clean(name).equals(java.util.Optional.of(name))) {
            throw new AssertionError("a name that is not clean: " + name);
        }
        String field = FileNames.disposition("attachment", name);
        if (field.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new AssertionError("a field with other characters: " + field);
        }
        if (!Disposition.parse(field).filename().equals(java.util.Optional.of(name))) {
            throw new AssertionError("a field that says something else: " + field);
        }
    }

    private static boolean isHarmful(int c) {
        return c == '/' || c == '\\' || Character.isISOControl(c) || (c >= 0x202a && c <= 0x202e);
    }
}
