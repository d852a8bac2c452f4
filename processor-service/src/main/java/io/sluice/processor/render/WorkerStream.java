package io.sluice.processor.render;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The messages from a worker's stdout, each behind its length as a varint. The worker decodes
 * hostile files: what it says is believed only as far as it is short and well formed.
 */
final class WorkerStream {
    private static final int LONGEST_MESSAGE = 64 * 1024;

    private final DataInputStream in;

    WorkerStream(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * Reads the next message, waiting for it.
     *
     * @throws EOFException if the worker ended
     * @throws InvalidProtocolBufferException if it is no message
     */
    <M extends Message> M read(Parser<M> parser) throws IOException {
        byte[] message = new byte[length()];
        in.readFully(message);
        return parser.parseFrom(message);
    }

    private int length() throws IOException {
        int length = 0;
        for (int shift = 0; shift <= 14; shift += 7) {
            int next = in.readUnsignedByte();
            length |= (next & 0x7F) << shift;
            if (next < 0x80 && length <= LONGEST_MESSAGE) {
                return length;
            }
        }
        throw new InvalidProtocolBufferException("a message longer than any that is expected");
    }
}
