package io.sluice.processor.render;

import io.sluice.model.wire.RenderReply;
import java.util.List;

/** How a request to an image worker ended. */
sealed interface Answer {
    /** Every target was written. */
    record Made(List<RenderReply.Made> pictures) implements Answer {
        public Made {
            pictures = List.copyOf(pictures);
        }
    }

    /** The original can't be decoded: trying again is no use. */
    record Undecodable(String reason) implements Answer {}

    /** No worker had time for it. */
    record Busy(String reason) implements Answer {}

    /** The worker ended on it, by itself or by force: the original may be to blame. */
    record Deadly(String reason) implements Answer {}

    /** The worker failed, not the original, as far as one can know. */
    record Failed(String reason) implements Answer {}
}
