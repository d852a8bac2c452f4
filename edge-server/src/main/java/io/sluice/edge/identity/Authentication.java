package io.sluice.edge.identity;

import java.util.concurrent.Callable;

/** What is known of a request by what it brought. */
public sealed interface Authentication {

    /** Somebody who is known. */
    record Known(Identity identity) implements Authentication {}

    /**
     * Nobody.
     *
     * @param why for the client; it helps no guess
     */
    record Refused(String why) implements Authentication {}

    /** It can't be told now, as somebody else's keys are out of reach. */
    record Unavailable(String why) implements Authentication {}

    /**
     * To be told by a check that may wait for the network.
     *
     * @param check not for event loops; its result is none of these
     */
    record Later(Callable<Authentication> check) implements Authentication {}
}
