package io.sluice.benchmarks.channel;

/** Carries one request of about 300 bytes to the other process and a reply of that size back. */
interface Exchange extends AutoCloseable {
    int BYTES = 300;

    /** Sends a request; the reply is told on any thread, and so is a failure. */
    void send(Reply reply);

    @Override
    void close();

    /** Hears of the end of one exchange. */
    interface Reply {
        /** The reply is there. */
        void came();

        /** None will come. */
        void failed(Throwable cause);
    }
}
