package io.sluice.edge.http.content;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares entity tags (RFC 9110, section 8.8.3). */
public final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(W/)?(\"[^\"]*\")\\s*(?:,|$)");

    private EntityTags() {}

    /** Whether If-None-Match names the tag; weakly compared. */
    public static boolean matchWeakly(List<String> fields, String etag) {
        return match(fields, etag, true);
    }

    /** Whether If-Match names the tag; strongly compared. */
    public static boolean matchStrongly(List<String> fields, String etag) {
        return match(fields, etag, false);
    }

    private static boolean match(List<String> fields, String etag, boolean weakly) {
        for (String field : fields) {
            if (field.strip().equals("*")) {
                return true;
            }
            Matcher tags = TAG.matcher(field);
            while (tags.find()) {
                if (tags.group(2).equals(etag) && (weakly || tags.group(1) == null)) {
                    return true;
                }
            }
        }
        return false;
    }
}
