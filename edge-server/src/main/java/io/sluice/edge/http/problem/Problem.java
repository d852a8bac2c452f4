package io.sluice.edge.http.problem;

/**
 * Every problem that the edge answers with: the code that ends its type URI, its status and title.
 * One documentation page each.
 */
public enum Problem {
    MALFORMED("malformed", 400, "The request is malformed"),
    UNKNOWN_PROFILE("unknown-profile", 400, "There is no such profile"),
    BAD_METADATA("bad-metadata", 400, "The metadata is not a JSON object"),
    LENGTH_CONFLICT("length-conflict", 400, "The upload has another length"),
    INCONSISTENT_UPLOAD_LENGTH("inconsistent-upload-length", 400, "The lengths are not the same"),
    COMPLETED_UPLOAD("completed-upload", 400, "The upload is complete already"),
    NO_PARTIAL_UPLOAD("no-partial-upload", 400, "A part is not a partial upload"),
    UNAUTHENTICATED("unauthenticated", 401, "A valid API key is needed"),
    FORBIDDEN("forbidden", 403, "The API key does not allow this"),
    TOKEN_USED_UP("token-used-up", 403, "The upload token is used up"),
    QUARANTINED("quarantined", 403, "The upload is infected"),
    REJECTED("rejected", 403, "The upload is against the policy"),
    UNSCANNABLE("unscannable", 403, "The upload could not be proven clean"),
    FINAL_UPLOAD("final-upload", 403, "The upload is made of its parts"),
    NOT_FOUND("not-found", 404, "There is nothing here"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "The resource does not have this method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "The answer has no form that Accept allows"),
    NOT_READY("not-ready", 409, "The upload is not processed yet"),
    OFFSET_CONFLICT("offset-conflict", 409, "The upload has another offset"),
    MISMATCHING_UPLOAD_OFFSET("mismatching-upload-offset", 409, "The upload has another offset"),
    TAKEN_OVER("taken-over", 409, "A newer request has taken the upload over"),
    FAILED("failed", 409, "The upload could not be processed"),
    OWN_KEY("own-key", 409, "An API key can't revoke itself"),
    DELETED("deleted", 410, "The upload is deleted"),
    EXPIRED("expired", 410, "The upload was not finished in time"),
    LENGTH_REQUIRED("length-required", 411, "The body's length or chunked coding is needed"),
    PRECONDITION_FAILED("precondition-failed", 412, "A precondition does not hold"),
    TOO_LARGE("too-large", 413, "The request is larger than allowed"),
    URI_TOO_LONG("uri-too-long", 414, "The request's target is too long"),
    UNSUPPORTED_TYPE("unsupported-media-type", 415, "The body's media type is not supported"),
    TYPE_NOT_ALLOWED("type-not-allowed", 415, "The type is not on the profile's list"),
    RANGE_NOT_SATISFIABLE("range-not-satisfiable", 416, "The range is outside the content"),
    DIGEST_MISMATCH("digest-mismatch", 422, "The content does not have the digest it came with"),
    FETCH_FAILED("fetch-failed", 422, "The URL could not be fetched"),
    IDEMPOTENCY_CONFLICT(
            "idempotency-conflict", 422, "The Idempotency-Key was used for another upload"),
    RATE_LIMITED("rate-limited", 429, "The client asks too often"),
    TOO_MANY_UPLOADS("too-many-uploads", 429, "The client sends too much at the same time"),
    TARGET_NOT_ALLOWED("target-not-allowed", 422, "The URL leads where it must not"),
    HEADER_TOO_LARGE("header-too-large", 431, "The request's header is too large"),
    CHECKSUM_MISMATCH("checksum-mismatch", 460, "The bytes do not have their checksum"),
    INTERNAL("internal", 500, "The server failed"),
    BUSY("busy", 503, "The server is busy"),
    NOT_AVAILABLE("not-available", 503, "The server can't answer this now"),
    DRAINING("draining", 503, "The server is about to stop"),
    QUOTA_USED_UP("quota-used-up", 507, "The tenant's quota is used up"),
    NO_DISK_ROOM("no-disk-room", 507, "The disk is too full");

    /** What our own type URIs start with. */
    static final String TYPE_BASE = "https://sluice.dev/problems/";

    /** What those of the IETF start with. */
    private static final String IANA = "https://iana.org/assignments/http-problem-types#";

    private final String code;
    private final int status;
    private final String title;

    Problem(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /** The last part of its type URI, and its name in metrics. */
    public String code() {
        return code;
    }

    /** Its HTTP status. */
    public int status() {
        return status;
    }

    /** One sentence without a full stop, the same for all its occurrences. */
    public String title() {
        return title;
    }

    /** Its RFC 9457 type. */
    public String type() {
        return switch (this) {
            case INCONSISTENT_UPLOAD_LENGTH, COMPLETED_UPLOAD, MISMATCHING_UPLOAD_OFFSET ->
                    IANA + code;
            default -> TYPE_BASE + code;
        };
    }

    /** This problem with what is special about this occurrence; it is shown to the client. */
    public Refusal because(String detail) {
        return new Refusal(this, detail);
    }
}
