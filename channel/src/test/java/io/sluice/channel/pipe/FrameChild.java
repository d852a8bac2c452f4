package io.sluice.channel.pipe;

import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.frame.Frames;
import io.sluice.model.Job;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** A processor that speaks frames over its standard streams, for one job at a time. */
final class FrameChild {
    private FrameChild() {}

    public static void main(String[] args) throws IOException {
        RawPipe streams =
                new RawPipe(
                        new FileInputStream(FileDescriptor.in).getChannel(),
                        new FileOutputStream(FileDescriptor.out).getChannel());
        try (RawPeer edge = new RawPeer(streams)) {
            edge.sayHello().send(Frames.credit(1));
            Frame frame = edge.read();
            while (frame != null) {
                if (frame.hasJob()) {
                    Job job = Wire.decode(frame.getJob());
                    edge.accept(job).answer(job, Jobs.clean()).send(Frames.credit(1));
                } else if (frame.hasPing()) {
                    edge.send(Frames.pong(frame.getPing().getNonce()));
                }
                frame = edge.read();
            }
        }
    }
}
