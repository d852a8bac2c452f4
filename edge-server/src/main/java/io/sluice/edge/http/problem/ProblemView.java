package io.sluice.edge.http.problem;

import java.nio.charset.StandardCharsets;

/**
 * A problem as RFC 9457 spells it.
 *
 * @param detail what is special about this occurrence
 * @param requestId what to search the logs for
 */
public record ProblemView(
        String type, String title, int status, String detail, String code, String requestId) {

    /** The view of one occurrence. */
    public static ProblemView of(Problem problem, String detail, String requestId) {
        return new ProblemView(
                problem.type(),
                problem.title(),
                problem.status(),
                detail,
                problem.code(),
                requestId);
    }

    /** Its JSON document. */
    public String toJson() {
        return new String(Json.bytes(this), StandardCharsets.UTF_8);
    }
}
