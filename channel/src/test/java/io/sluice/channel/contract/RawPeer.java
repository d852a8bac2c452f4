package io.sluice.channel.contract;

import io.sluice.channel.frame.Attempt;
import io.sluice.channel.frame.Frames;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import org.jspecify.annotations.Nullable;

/** A peer that does just what the test says, byte by byte. */
public final class RawPeer implements AutoCloseable {
    private final ByteChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    public RawPeer(ByteChannel channel) {
        this.channel = channel;
        InputStream input = Channels.newInputStream(channel);
        OutputStream output = Channels.newOutputStream(channel);
        in = new DataInputStream(input);
        out = new DataOutputStream(output);
    }

    public RawPeer sayHello() throws IOException {
        return send(Frames.hello("raw"));
    }

    /** Sends the frames in one write. */
    public RawPeer send(Frame... frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        for (Frame frame : frames) {
            data.writeInt(frame.getSerializedSize());
            frame.writeTo(data);
        }
        return sendBytes(bytes.toByteArray());
    }

    public RawPeer sendBytes(byte... bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    public RawPeer sendJob(Job job) throws IOException {
        return send(Frame.newBuilder().setJob(Wire.encode(job)).build());
    }

    public RawPeer accept(Job job) throws IOException {
        return send(Frames.accepted(Attempt.of(job)));
    }

    public RawPeer answer(Job job, JobOutcome outcome) throws IOException {
        return send(Frames.result(Attempt.of(job), Wire.encode(outcome)));
    }

    /** The next frame, or null when the other end has closed. */
    public @Nullable Frame read() throws IOException {
        try {
            byte[] message = new byte[in.readInt()];
            in.readFully(message);
            return Frame.parseFrom(message);
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    /** Reads on to the next frame of that kind. */
    public Frame readUntil(Frame.KindCase kind) throws IOException {
        Frame frame = read();
        while (frame != null && frame.getKindCase() != kind) {
            frame = read();
        }
        if (frame == null) {
            throw new EOFException("closed before " + kind);
        }
        return frame;
    }

    /** Reads to the end, which must come, and says whether a frame of that kind was on the way. */
    public boolean readToEnd(Frame.KindCase kind) throws IOException {
        boolean seen = false;
        Frame frame = read();
        while (frame != null) {
            seen |= frame.getKindCase() == kind;
            frame = read();
        }
        return seen;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
