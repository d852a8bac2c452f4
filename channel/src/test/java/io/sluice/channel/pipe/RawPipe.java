package io.sluice.channel.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Both ends as any program opens them, waiting for the other side as FIFOs do by default. */
record RawPipe(FileChannel in, FileChannel out) implements ByteChannel {

    /** As an edge: opens what a processor offers, and takes the name away. */
    static RawPipe takenBy(Path jobs) throws IOException {
        Path outcomes = PipeNames.outcomes(jobs);
        RawPipe pipe =
                new RawPipe(
                        FileChannel.open(outcomes, StandardOpenOption.READ),
                        FileChannel.open(jobs, StandardOpenOption.WRITE));
        Files.delete(jobs);
        return pipe;
    }

    /** As a processor: makes a pair and waits for an edge. */
    static RawPipe offeredIn(Path directory) throws IOException {
        Path jobs = PipeNames.freshJobs(directory);
        Path outcomes = PipeNames.outcomes(jobs);
        SystemCalls.makeFifo(outcomes);
        SystemCalls.makeFifo(jobs);
        FileChannel in = FileChannel.open(jobs, StandardOpenOption.READ);
        RawPipe pipe = new RawPipe(in, FileChannel.open(outcomes, StandardOpenOption.WRITE));
        Files.delete(outcomes);
        return pipe;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return in.read(bytes);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return out.write(bytes);
    }

    @Override
    public boolean isOpen() {
        return in.isOpen();
    }

    @Override
    public void close() throws IOException {
        in.close();
        out.close();
    }
}
