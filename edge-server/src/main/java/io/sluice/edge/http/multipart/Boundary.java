package io.sluice.edge.http.multipart;

import io.sluice.edge.http.problem.Problem;
import java.nio.charset.StandardCharsets;

/**
 * What separates parts: CR LF, two dashes and the boundary of the Content-Type. As a boundary has
 * no CR in it, a match that breaks off can only start anew at the byte that broke it: one pass is
 * enough, whatever the body.
 */
final class Boundary {
    private static final int LONGEST = 70;
    private static final String MARKS = "'()+_,-./:=? ";

    private final byte[] delimiter;

    /**
     * Of the Content-Type's parameter.
     *
     * @throws io.sluice.edge.http.problem.Refusal if RFC 2046 does not allow it
     */
    Boundary(String boundary) {
        if (boundary.isEmpty()
                || boundary.length() > LONGEST
                || boundary.endsWith(" ")
                || !boundary.chars().allMatch(Boundary::isAllowed)) {
            throw Problem.MALFORMED.because(
                    "a multipart boundary has 1 to 70 characters of RFC 2046's set");
        }
        delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isAllowed(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || MARKS.indexOf(c) >= 0;
    }

    int length() {
        return delimiter.length;
    }

    byte at(int index) {
        return delimiter[index];
    }

    byte[] bytes() {
        return delimiter.clone();
    }
}
