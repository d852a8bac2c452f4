package io.sluice.cache;

import java.io.IOException;

/** The configured directories can't hold a cache; the message names setting, value and remedy. */
public final class UnusableCacheException extends IOException {
    private static final long serialVersionUID = 1;

    UnusableCacheException(String message) {
        super(message);
    }
}
