package io.sluice.edge.http.structured;

import io.sluice.edge.http.structured.Parser.Malformed;
import java.util.function.IntPredicate;

/** A place in a field's text, which moves to the right only. */
final class Cursor {
    /** What {@link #peek} tells behind the last character. */
    private static final char END = 0;

    private final String text;
    private int position;

    Cursor(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return position == text.length();
    }

    /** The next character; none that any grammar has if there is none. */
    char peek() {
        return isAtEnd() ? END : text.charAt(position);
    }

    boolean isNext(char expected) {
        return !isAtEnd() && text.charAt(position) == expected;
    }

    /** The next character, which must be there. */
    char next() {
        if (isAtEnd()) {
            throw new Malformed("it ends too early");
        }
        return text.charAt(position++);
    }

    /** Takes the character if it is next. */
    boolean take(char expected) {
        if (!isNext(expected)) {
            return false;
        }
        position++;
        return true;
    }

    void require(char expected) {
        if (!take(expected)) {
            throw new Malformed("there should be " + expected);
        }
    }

    String takeWhile(IntPredicate wanted) {
        int start = position;
        while (!isAtEnd() && wanted.test(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    void skipSpaces() {
        takeWhile(c -> c == ' ');
    }

    /** Spaces and tabs. */
    void skipBlanks() {
        takeWhile(c -> c == ' ' || c == '\t');
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLowerLetter(int c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isLetter(int c) {
        return isLowerLetter(c) || (c >= 'A' && c <= 'Z');
    }
}
