package io.sluice.processor.scan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * clamd's answer to a scan command, understood. Whatever isn't word for word one of the known
 * answers about the very thing that was asked is {@link Nonsense}: it proves nothing.
 */
sealed interface ClamdReply {
    /** The whole thing was scanned and nothing was found. */
    record Ok() implements ClamdReply {}

    /** Something was found. */
    record Found(String signature) implements ClamdReply {}

    /** One of clamd's limits, or encryption, kept it from scanning the whole. */
    record Limited(String what) implements ClamdReply {}

    /** clamd could not open the path. */
    record NoAccess(String error) implements ClamdReply {}

    /** clamd could not scan. */
    record Failed(String error) implements ClamdReply {}

    /** No answer to what was asked. */
    record Nonsense(String text) implements ClamdReply {}

    /** {@code name FOUND}, with an id of the rule that made it in some versions. */
    Pattern FOUND = Pattern.compile("([!-~][ -~]{0,254}) FOUND");

    /** From clamd/scanner.c and libclamav's cl_strerror(). */
    Pattern NO_ACCESS =
            Pattern.compile(
                    "File path check failure.*|Access denied.*|lstat\\(\\) failed.*"
                            + "|Can't (access|open|stat|create).*|Not supported file type.*");

    /**
     * Understands an answer.
     *
     * @param subject what was to be scanned: a path, or {@code stream}
     */
    static ClamdReply parse(String text, String subject) {
        if (text.equals("INSTREAM size limit exceeded. ERROR")) {
            return new Limited("StreamMaxLength");
        }
        if (!text.startsWith(subject + ": ")) {
            return text.endsWith("ERROR") ? failed(text) : new Nonsense(shortened(text));
        }
        String verdict = text.substring(subject.length() + 2);
        if (verdict.equals("OK")) {
            return new Ok();
        }
        Matcher found = FOUND.matcher(verdict);
        if (found.matches()) {
            String signature = found.group(1);
            return signature.startsWith("Heuristics.Limits.")
                            || signature.startsWith("Heuristics.Encrypted.")
                    ? new Limited(signature)
                    : new Found(signature);
        }
        return verdict.endsWith("ERROR") ? failed(verdict) : new Nonsense(shortened(text));
    }

    private static ClamdReply failed(String error) {
        return NO_ACCESS.matcher(error).matches()
                ? new NoAccess(shortened(error))
                : new Failed(shortened(error));
    }

    /** As much of a stranger's text as belongs into a log line. */
    private static String shortened(String text) {
        String line = text.replaceAll("[^ -~]", "?");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
