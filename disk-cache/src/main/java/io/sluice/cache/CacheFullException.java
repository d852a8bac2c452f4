package io.sluice.cache;

import java.io.IOException;

/** No room can be made for a file: serve it without caching it. */
public final class CacheFullException extends IOException {
    private static final long serialVersionUID = 1;

    CacheFullException(String message) {
        super(message);
    }
}
