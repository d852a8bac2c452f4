package io.sluice.edge.http.tus;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.upload.transfer.Role;
import io.sluice.model.UploadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What an Upload-Concat field says.
 *
 * @param verbatim as it came; null if there is none
 * @param parts of a final upload, in their order
 */
public record TusConcat(Role role, @Nullable String verbatim, List<UploadId> parts) {
    private static final String FINAL = "final;";
    private static final int MOST_PARTS = 1000;

    public TusConcat {
        parts = List.copyOf(parts);
    }

    /**
     * Reads the field.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400 if it is malformed
     */
    static TusConcat of(HttpHeaders headers) {
        Optional<String> field = TusFields.one(headers, Tus.CONCAT);
        if (field.isEmpty()) {
            return new TusConcat(Role.WHOLE, null, List.of());
        }
        String value = field.get();
        if (value.equals("partial")) {
            return new TusConcat(Role.PART, value, List.of());
        }
        if (!value.startsWith(FINAL)) {
            throw malformed("it must be partial, or final; and URLs");
        }
        return new TusConcat(Role.FINAL, value, parts(value.substring(FINAL.length())));
    }

    private static List<UploadId> parts(String urls) {
        List<UploadId> parts = new ArrayList<>();
        for (String url : urls.strip().split(" +", -1)) {
            parts.add(id(url));
        }
        if (parts.size() > MOST_PARTS) {
            throw malformed("it names more than %d parts".formatted(MOST_PARTS));
        }
        return parts;
    }

    /** A proxy may have given the URL another beginning, but its last segment is ours. */
    private static UploadId id(String url) {
        try {
            return UploadId.parse(url.substring(url.lastIndexOf('/') + 1));
        } catch (IllegalArgumentException e) {
            throw malformed("a URL is none of an upload");
        }
    }

    private static RuntimeException malformed(String detail) {
        return Problem.MALFORMED.because("Upload-Concat is malformed: " + detail);
    }
}
