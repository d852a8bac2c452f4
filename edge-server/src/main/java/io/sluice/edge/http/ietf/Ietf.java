package io.sluice.edge.http.ietf;

/** The names of draft-ietf-httpbis-resumable-upload, as its text spells them. */
public final class Ietf {
    public static final String VERSION = "Upload-Draft-Interop-Version";
    public static final String COMPLETE = "Upload-Complete";
    public static final String OFFSET = "Upload-Offset";
    public static final String LENGTH = "Upload-Length";
    public static final String LIMIT = "Upload-Limit";

    /** The only media type of bytes that are appended. */
    public static final String PARTIAL_UPLOAD = "application/partial-upload";

    static final String YES = "?1";
    static final String NO = "?0";

    private Ietf() {}

    /** A Boolean as RFC 9651 spells it. */
    public static String bool(boolean value) {
        return value ? YES : NO;
    }
}
