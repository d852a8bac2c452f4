package io.sluice.worker.engine;

import java.util.List;

/** How an original fared. */
public sealed interface Rendering {

    /** Every target was written. */
    record Finished(List<Made> made) implements Rendering {
        public Finished {
            made = List.copyOf(made);
        }
    }

    /** The original is damaged, unknown or too large: no second try will do better. */
    record Undecodable(String reason) implements Rendering {}
}
