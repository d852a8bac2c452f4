package io.sluice.channel.contract;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import java.io.IOException;

/** Makes the two ends of one transport, and raw peers that break its rules. Closes what it made. */
public interface Ends extends AutoCloseable {
    Dispatcher dispatcher();

    JobReceiver receiver(String name, int slots);

    /** A connection to that receiver which has not said anything. */
    public RawPeer rawEdge(String receiver) throws IOException;

    /** Something that the dispatcher will take for a processor. */
    RawListener rawProcessor(String name) throws IOException;

    /** The dispatchers' and receivers' meters. */
    MeterRegistry meters();

    @Override
    void close() throws IOException;

    /** Accepts a dispatcher's connections. */
    interface RawListener extends AutoCloseable {
        RawPeer accept() throws IOException;

        @Override
        void close() throws IOException;
    }
}
