package io.sluice.channel.amqp;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Names for one run of an end, unlike any other's at the broker. */
final class Instances {
    private static final Pattern NAME = Pattern.compile("[\\w.:@/-]{1,150}");

    private Instances() {}

    /**
     * The identity with something random behind it.
     *
     * @throws IllegalArgumentException for an identity that can't stand in a queue's name
     */
    static String of(String identity) {
        if (!isName(identity)) {
            throw new IllegalArgumentException(
                    "channel identity = %s: must be 1 to 128 letters, digits or one of . : @ / _ -"
                            .formatted(identity));
        }
        return "%s.%08x".formatted(identity, ThreadLocalRandom.current().nextInt());
    }

    /** Whether a peer may call itself so: it stands in log lines and queue names. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
