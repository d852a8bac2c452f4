package io.sluice.channel.amqp;

import io.sluice.channel.frame.Frames;
import io.sluice.model.wire.Hello;

/** What must be right about a Hello. */
final class Greeting {
    private Greeting() {}

    /**
     * Who says it.
     *
     * @throws IllegalArgumentException for another version of the protocol, or an identity that is
     *     no name
     */
    static String identity(String sender, Hello hello) {
        if (hello.getVersion() != Frames.VERSION) {
            throw new IllegalArgumentException(
                    "%s speaks version %s of the protocol, this end %d: run one release"
                            .formatted(
                                    sender,
                                    Integer.toUnsignedString(hello.getVersion()),
                                    Frames.VERSION));
        }
        if (!Instances.isName(hello.getIdentity())) {
            throw new IllegalArgumentException(sender + " has an identity that is no name");
        }
        return hello.getIdentity();
    }
}
