package io.sluice.edge.http;

/**
 * One thing that tus 1.0.0 asks of a server.
 *
 * @param section the heading that it stands under
 * @param says MUST or SHOULD, and what, in our words
 * @param exchange requests whose answers show it
 */
record TusRequirement(String section, String says, Exchange exchange) {

    /** Talks to a server, and fails where it does not do as the text says. */
    @FunctionalInterface
    interface Exchange {
        void check(TusDialogue tus) throws Exception;
    }

    @Override
    public String toString() {
        return section + ": " + says;
    }
}
