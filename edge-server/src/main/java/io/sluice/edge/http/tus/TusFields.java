package io.sluice.edge.http.tus;

import io.sluice.edge.http.header.ByteBody;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.upload.transfer.Checksum;
import io.sluice.edge.upload.transfer.ChecksumAlgorithm;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** Reads single header fields. Each method refuses a malformed one with 400. */
public final class TusFields {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private TusFields() {}

    /** A field's one value; empty if it is not there. */
    static Optional<String> one(HttpHeaders headers, String name) {
        List<String> values = headers.getOrEmpty(name);
        if (values.size() > 1) {
            throw Problem.MALFORMED.because(name + " is given twice");
        }
        return values.stream().findFirst();
    }

    /** A number of bytes. */
    public static OptionalLong number(HttpHeaders headers, String name) {
        Optional<String> value = one(headers, name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!NUMBER.matcher(value.get()).matches()) {
            throw Problem.MALFORMED.because(name + " must be a number of bytes");
        }
        return OptionalLong.of(Long.parseLong(value.get()));
    }

    /** The Upload-Offset, which must be there. */
    public static long offset(HttpHeaders headers) {
        return number(headers, Tus.OFFSET)
                .orElseThrow(() -> Problem.MALFORMED.because("PATCH needs Upload-Offset"));
    }

    /** Whether the length will be told later. */
    static boolean isLengthDeferred(HttpHeaders headers) {
        Optional<String> value = one(headers, Tus.DEFER_LENGTH);
        if (value.isPresent() && !value.get().equals("1")) {
            throw Problem.MALFORMED.because("Upload-Defer-Length must be 1");
        }
        return value.isPresent();
    }

    /** The checksum before the body. */
    public static Optional<Checksum> checksum(HttpHeaders headers) {
        return one(headers, Tus.CHECKSUM).map(TusFields::checksum);
    }

    /** Whether a checksum is announced to come behind the body. */
    public static boolean isChecksumBehind(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.TRAILER).stream()
                .flatMap(value -> Pattern.compile(",").splitAsStream(value))
                .anyMatch(name -> name.strip().equalsIgnoreCase(Tus.CHECKSUM));
    }

    /** A checksum: the algorithm's name, a space, and Base64. */
    public static Checksum checksum(String value) {
        int space = value.indexOf(' ');
        ChecksumAlgorithm algorithm =
                ChecksumAlgorithm.ofWord(space < 0 ? value : value.substring(0, space))
                        .orElseThrow(() ->
                                Problem.MALFORMED.because(
                                        "Upload-Checksum must be of " + Tus.checksumAlgorithms()));
        try {
            byte[] bytes = Base64.getDecoder().decode(value.substring(space + 1));
            if (space > 0 && bytes.length == algorithm.length()) {
                return new Checksum(algorithm, HexFormat.of().formatHex(bytes));
            }
        } catch (IllegalArgumentException e) {
            // Answered below, as a wrong length is.
            throw malformed(algorithm);
        }
        throw malformed(algorithm);
    }

    private static RuntimeException malformed(ChecksumAlgorithm algorithm) {
        return Problem.MALFORMED.because(
                "Upload-Checksum must be %s, a space, and the Base64 of %d bytes"
                        .formatted(algorithm.word(), algorithm.length()));
    }

    /**
     * Refuses bytes of another type than tus's own with 415.
     *
     * @throws io.sluice.edge.http.problem.Refusal if they are
     */
    public static void requireBytes(HttpHeaders headers, String accept) {
        var _ = one(headers, HttpHeaders.CONTENT_TYPE);
        ByteBody.requireType(headers, Tus.BYTES, accept);
    }

    /** The length of the body; negative if it is not told. */
    public static long bodyLength(HttpHeaders headers) {
        return headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                ? -1
                : Math.max(0, headers.getContentLength());
    }
}
