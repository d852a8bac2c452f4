package io.sluice.edge.http.multipart;

import io.sluice.edge.http.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What separates parts: CR LF, two dashes and the boundary of the Content-Type. As a boundary has
 * no CR in it, a match that breaks off can only start anew at the byte that broke it: one pass is
 * enough, whatever the body.
 */
final class Boundary {
    private static final int LONGEST = 70;
    private static final String MARKS = "'()+_,-./:=? ";

    private final byte[] delimiter;

    /** How far the delimiter may be moved on when its last byte stands over such a byte. */
    private final byte[] shifts = new byte[256];

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
        int last = delimiter.length - 1;
        Arrays.fill(shifts, (byte) delimiter.length);
        for (int i = 0; i < last; i++) {
            shifts[delimiter[i]] = (byte) (last - i);
        }
    }

    /**
     * Where the first delimiter begins, or might begin and end behind the last byte. Horspool's
     * search: it looks at one byte in as many as the delimiter has. It stays linear for hostile
     * content, as it compares more only where a CR stands, which no delimiter has twice.
     *
     * @param start where to begin to look
     * @return at least start, at most the limit
     */
    int next(ByteBuffer bytes, int start) {
        int last = delimiter.length - 1;
        int end = bytes.limit() - last;
        int position = start;
        while (position < end) {
            byte over = bytes.get(position + last);
            if (over == delimiter[last] && isAt(bytes, position)) {
                return position;
            }
            position += shifts[over & 0xff];
        }
        return position;
    }

    private boolean isAt(ByteBuffer bytes, int position) {
        for (int i = 0; i < delimiter.length; i++) {
            if (bytes.get(position + i) != delimiter[i]) {
                return false;
            }
        }
        return true;
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
