package io.sluice.edge.http.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that is answered with a problem. It is control flow, not a bug: it has no stack trace,
 * so that refusing stays cheap.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    Refusal(Problem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    /** What is answered. */
    public Problem problem() {
        return problem;
    }

    /** What is special about this occurrence. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** Header fields that the answer must have. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** Adds a header field to the answer. */
    public Refusal with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Members of the answer's document that only this type of problem has. */
    public Map<String, Object> members() {
        return Map.copyOf(members);
    }

    /** Adds such a member. */
    public Refusal member(String name, long value) {
        members.put(name, value);
        return this;
    }

    /** Tells when to try again, in whole seconds, at least one. */
    public Refusal retryAfter(Duration delay) {
        return with("Retry-After", Long.toString(Math.max(1, delay.plusMillis(999).toSeconds())));
    }
}
