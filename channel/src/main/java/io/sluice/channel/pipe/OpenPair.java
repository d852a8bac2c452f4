package io.sluice.channel.pipe;

import io.netty.channel.unix.FileDescriptor;
import java.io.Closeable;
import java.io.IOException;

/** The two open ends of one side of a connection, neither of which ever waits. */
record OpenPair(FileDescriptor in, FileDescriptor out) implements Closeable {

    @Override
    public void close() throws IOException {
        try {
            in.close();
        } finally {
            out.close();
        }
    }
}
