package io.sluice.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt at a job ended. One that says something else than its scan can't be made: what is
 * not known clean must never pass for it.
 */
public sealed interface JobOutcome {

    /**
     * Known clean, and every rendition that was asked for is in the cache.
     *
     * @param contentType by content
     * @param scan the verdict of this attempt; null for a {@link Job.Kind#RENDER} job, which
     *     doesn't scan again
     * @param image null when the original is no picture
     */
    record Rendered(
            String contentType,
            @Nullable ScanReport scan,
            @Nullable ImageFacts image,
            List<Rendition> renditions)
            implements JobOutcome {
        public Rendered {
            renditions = List.copyOf(renditions);
            if (scan != null) {
                scan.require(Verdict.CLEAN);
            }
        }
    }

    /** Malware was found. */
    record Infected(String contentType, ScanReport scan) implements JobOutcome {
        public Infected {
            scan.require(Verdict.INFECTED);
        }
    }

    /**
     * Against the policy.
     *
     * @param contentType by content; null when it was not looked at
     * @param code of the problem: {@code type-not-allowed}
     * @param detail one sentence for the uploader
     */
    record Rejected(@Nullable String contentType, String code, String detail)
            implements JobOutcome {}

    /** No scanner could prove a whole scan: limits, encryption. */
    record Unscannable(String contentType, ScanReport scan, String reason) implements JobOutcome {
        public Unscannable {
            scan.require(Verdict.UNSCANNABLE);
        }
    }

    /**
     * What the job needs is down, a scanner for instance: to be tried later, at no cost to the job.
     *
     * @param reason one sentence for the operator
     */
    record Deferred(String reason) implements JobOutcome {}

    /**
     * The processor could not finish.
     *
     * @param retryable whether another attempt may succeed
     */
    record Failed(String reason, boolean retryable) implements JobOutcome {}

    /** As it is spelled in metrics, logs and the history of attempts. */
    default String word() {
        return switch (this) {
            case Rendered _ -> "rendered";
            case Infected _ -> "infected";
            case Rejected _ -> "rejected";
            case Unscannable _ -> "unscannable";
            case Deferred _ -> "deferred";
            case Failed _ -> "failed";
        };
    }
}
