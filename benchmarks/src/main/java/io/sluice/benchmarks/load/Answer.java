package io.sluice.benchmarks.load;

/**
 * What a server said.
 *
 * @param status the code
 * @param location the field's value; empty if there is none
 * @param isLast whether the server closes the connection now
 */
record Answer(int status, String location, boolean isLast) {
    /** The answer to bytes of the upload whose creation was answered so. */
    Answer of(Answer creation) {
        return new Answer(status, creation.location, isLast);
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }
}
