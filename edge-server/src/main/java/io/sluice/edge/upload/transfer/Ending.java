package io.sluice.edge.upload.transfer;

import org.jspecify.annotations.Nullable;

/** How a request that brought bytes ended. */
public sealed interface Ending {
    /**
     * All of its body has come.
     *
     * @param behind the checksum that came behind it, if one did
     */
    record Whole(@Nullable Checksum behind) implements Ending {}

    /** The client went away, was too slow, or has asked anew: what has come is kept. */
    record Cut() implements Ending {}

    /** It is refused though its body came: nothing of it is kept that was not told to be there. */
    record Refused() implements Ending {}

    /** It brought more bytes than the upload may have. */
    record Excess() implements Ending {}
}
