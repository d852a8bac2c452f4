package io.sluice.edge.http;

/**
 * One sentence of a protocol's text that binds a server, and an exchange that would fail if it did
 * not hold.
 *
 * @param section of the text
 * @param says the word that binds: MUST, MUST NOT, SHOULD, SHOULD NOT
 * @param what it asks for, in short
 */
record Requirement(String section, String says, String what, Exchange exchange) {

    /** Talks to the server, and judges what it answers. */
    interface Exchange {
        void run() throws Exception;
    }

    String title() {
        return section + " " + says + " " + what;
    }
}
