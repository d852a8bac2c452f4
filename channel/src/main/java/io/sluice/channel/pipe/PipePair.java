package io.sluice.channel.pipe;

import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.descriptor.OpenPair;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Two FIFOs that wait for an edge. They serve one connection: the edge that deletes the name of the
 * first has both to itself, and nothing of an earlier connection can be in them. The other name is
 * the processor's to delete, which may open its end only then.
 */
final class PipePair {
    private PipePair() {}

    /** What the processor keeps of a pair that it offers. */
    record Offered(Path jobs, OpenPair open) {}

    /**
     * Makes a pair and opens the processor's ends, then gives it the name that edges look for.
     *
     * @param directory of the processor
     */
    static Offered offer(Path directory) throws IOException {
        Path jobs = PipeNames.freshJobs(directory);
        FileDescriptor out = openWithoutReader(PipeNames.outcomes(jobs));
        try {
            Path unready = jobs.resolveSibling(jobs.getFileName() + ".new");
            SystemCalls.makeFifo(unready);
            FileDescriptor in = SystemCalls.openForReading(unready);
            Files.move(unready, jobs);
            return new Offered(jobs, new OpenPair(in, out));
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    private static FileDescriptor openWithoutReader(Path fifo) throws IOException {
        SystemCalls.makeFifo(fifo);
        FileDescriptor reader = SystemCalls.openForReading(fifo);
        try {
            return SystemCalls.openForWriting(fifo);
        } finally {
            reader.close();
        }
    }

    /**
     * Takes a pair that a running processor offers.
     *
     * @param directory of the processor
     * @throws ConnectException when none is free, or what is there was left by a dead processor
     */
    static OpenPair take(Path directory) throws IOException {
        for (Path jobs : free(directory)) {
            try {
                return take(jobs, SystemCalls.openForReading(PipeNames.outcomes(jobs)));
            } catch (NoSuchFileException | SystemCalls.NobodyReads e) {
                // Another edge was faster, or the processor is dead: there may be another pair.
            }
        }
        throw new ConnectException(directory + ": no free pipes of a running processor");
    }

    private static OpenPair take(Path jobs, FileDescriptor in) throws IOException {
        boolean taken = false;
        try {
            FileDescriptor out = SystemCalls.openForWriting(jobs);
            try {
                Files.delete(jobs);
                taken = true;
            } finally {
                if (!taken) {
                    out.close();
                }
            }
            return new OpenPair(in, out);
        } finally {
            if (!taken) {
                in.close();
            }
        }
    }

    private static List<Path> free(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PipeNames::isJobs)) {
            files.forEach(found::add);
        }
        // Edges that come together try different ones first.
        Collections.shuffle(found);
        return found;
    }
}
