package io.sluice.edge.http.header;

import org.jspecify.annotations.Nullable;

/** Reads the small pieces of which RFC 9110 builds field values, from left to right. */
final class FieldScanner {
    private final String text;
    private int position;

    FieldScanner(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return position == text.length();
    }

    void skipBlanks() {
        while (!isAtEnd() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
    }

    boolean isNext(char expected) {
        return !isAtEnd() && text.charAt(position) == expected;
    }

    /** Takes the character if it is next. */
    boolean take(char expected) {
        if (!isNext(expected)) {
            return false;
        }
        position++;
        return true;
    }

    /** A token, or null where there is none. */
    @Nullable String token() {
        int start = position;
        while (!isAtEnd() && isTokenCharacter(text.charAt(position))) {
            position++;
        }
        return start == position ? null : text.substring(start, position);
    }

    /**
     * What stands between quotes, or null where no closed quotation is. Only a quote and a
     * backslash can be escaped: browsers send Windows paths with bare backslashes.
     */
    @Nullable String quoted() {
        if (!take('"')) {
            return null;
        }
        StringBuilder value = new StringBuilder();
        while (!isAtEnd()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\' && !isAtEnd() && "\"\\".indexOf(text.charAt(position)) >= 0) {
                c = text.charAt(position++);
            }
            value.append(c);
        }
        return null;
    }

    /** Everything up to one of the characters, or the end. */
    String until(String ends) {
        int start = position;
        while (!isAtEnd() && ends.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    static boolean isTokenCharacter(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
