package io.sluice.master.supervisor;

import java.util.List;

/** Why the first start came to nothing. */
public final class StartFailure extends Exception {
    private final List<String> lines;

    /** One line per cause. */
    StartFailure(List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
    }

    /** The causes. */
    public List<String> lines() {
        return lines;
    }
}
