package io.sluice.cache;

import java.io.IOException;

/** Work that is done in steps of about one file each, so that it can be done in bounded turns. */
@FunctionalInterface
public interface Pass {
    /**
     * Does one step.
     *
     * @return whether there is another
     */
    boolean step() throws IOException;
}
