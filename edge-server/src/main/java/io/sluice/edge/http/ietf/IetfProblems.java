package io.sluice.edge.http.ietf;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import io.sluice.edge.upload.transfer.TransferRefused;

/** Says in the draft's words what the core refuses. */
public final class IetfProblems {
    private IetfProblems() {}

    /**
     * What to answer.
     *
     * @param offset that the request told
     */
    public static Throwable of(Throwable thrown, long offset) {
        return thrown instanceof TransferRefused refused ? of(refused, offset) : thrown;
    }

    private static Throwable of(TransferRefused refused, long offset) {
        String detail = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case WRONG_OFFSET ->
                    at(refused, Problem.MISMATCHING_UPLOAD_OFFSET.because(detail))
                            .member("expected-offset", refused.offset())
                            .member("provided-offset", offset);
            case WRONG_LENGTH, BEYOND_LENGTH ->
                    at(refused, Problem.INCONSISTENT_UPLOAD_LENGTH.because(detail));
            case WRONG_CHECKSUM -> at(refused, Problem.DIGEST_MISMATCH.because(detail));
            case WRONG_WHOLE ->
                    Problem.DIGEST_MISMATCH.because(detail).with(Ietf.COMPLETE, Ietf.YES);
            case UNKNOWN, EXPIRED, TOO_LONG, IS_FINAL, NO_PART, TAKEN_OVER -> refused;
        };
    }

    private static Refusal at(TransferRefused refused, Refusal answer) {
        return refused.offset() < 0
                ? answer
                : answer.with(Ietf.OFFSET, Long.toString(refused.offset()));
    }
}
