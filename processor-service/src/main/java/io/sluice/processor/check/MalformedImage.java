package io.sluice.processor.check;

import java.io.IOException;

/** A picture's header makes no sense: no decoder may have it. */
public final class MalformedImage extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedImage(String message) {
        super(message);
    }
}
