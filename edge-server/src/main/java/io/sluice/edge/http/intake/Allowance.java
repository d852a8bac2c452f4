package io.sluice.edge.http.intake;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.quota.Reservation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the files of one request may be.
 *
 * @param fileSize of one file, in bytes
 * @param setting what set that limit, for the client's eyes
 * @param types media types that may be declared, {@code image/*} for all of a kind; empty for any
 * @param quota the room that the files take
 */
public record Allowance(long fileSize, String setting, List<String> types, Reservation quota) {

    public Allowance {
        types = List.copyOf(types);
    }

    /**
     * A file begins.
     *
     * @param declaredType its Content-Type; null if it has none
     * @throws io.sluice.edge.http.problem.Refusal 415 if it may not be of that type
     * @throws io.sluice.edge.quota.QuotaExceeded if there may be no more files
     */
    public void file(@Nullable String declaredType) {
        requireType(types, declaredType);
        quota.file();
    }

    /**
     * Refuses a type that an upload token does not take.
     *
     * @param types as the token lists them; empty for any
     * @throws io.sluice.edge.http.problem.Refusal 415
     */
    public static void requireType(List<String> types, @Nullable String declaredType) {
        if (!types.isEmpty() && !isAllowed(types, declaredType)) {
            throw Problem.UNSUPPORTED_TYPE.because(
                    "the upload token takes " + String.join(", ", types));
        }
    }

    private static boolean isAllowed(List<String> types, @Nullable String declaredType) {
        if (declaredType == null) {
            return false;
        }
        String type = declaredType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return types.stream()
                .anyMatch(allowed ->
                        allowed.endsWith("/*")
                                ? type.startsWith(allowed.substring(0, allowed.length() - 1))
                                : type.equals(allowed));
    }

    /**
     * Bytes of a file have come.
     *
     * @param length of the file so far, with them
     * @throws io.sluice.edge.http.problem.Refusal 413 if it is too long
     * @throws io.sluice.edge.quota.QuotaExceeded if there is no room for them
     */
    void bytes(long length, int more) {
        if (length > fileSize) {
            throw tooLarge(fileSize, setting);
        }
        quota.bytes(more);
    }

    /** The refusal of a file that is, or will be, too long. */
    public static RuntimeException tooLarge(long fileSize, String setting) {
        return Problem.TOO_LARGE.because(
                "an upload has at most %d bytes (%s)".formatted(fileSize, setting));
    }
}
