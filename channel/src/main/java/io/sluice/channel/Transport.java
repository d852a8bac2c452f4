package io.sluice.channel;

import java.util.Locale;

/** What carries the frames. */
public enum Transport {
    UNIX,
    TCP,
    PIPE,
    SHM,
    AMQP;

    /** As it is spelled in settings and metrics: {@code unix}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
