package io.sluice.edge.http.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A problem as RFC 9457 spells it.
 *
 * @param detail what is special about this occurrence
 * @param requestId what to search the logs for
 * @param more members that its type has beyond those
 */
public record ProblemView(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String requestId,
        @JsonAnyGetter Map<String, Object> more) {

    public ProblemView {
        more = Map.copyOf(more);
    }

    /** The view of one occurrence. */
    public static ProblemView of(Problem problem, String detail, String requestId) {
        return new ProblemView(
                problem.type(),
                problem.title(),
                problem.status(),
                detail,
                problem.code(),
                requestId,
                Map.of());
    }

    /** The view of a request's refusal. */
    public static ProblemView of(Refusal refusal, String requestId) {
        Problem problem = refusal.problem();
        return new ProblemView(
                problem.type(),
                problem.title(),
                problem.status(),
                refusal.detail(),
                problem.code(),
                requestId,
                refusal.members());
    }

    /** Its JSON document. */
    public String toJson() {
        return new String(Json.bytes(this), StandardCharsets.UTF_8);
    }
}
