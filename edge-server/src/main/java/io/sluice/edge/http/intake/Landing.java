package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.sluice.edge.http.header.ExpectedDigests;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.spool.DiskSpool;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All files of one request on their way to the spool: kept together, or dropped together. */
final class Landing {
    private static final Logger log = LoggerFactory.getLogger(Landing.class);

    private final DiskSpool spool;
    private final InstantSource clock;
    private final DiskLane lane;
    private final List<IncomingFile> files = new ArrayList<>();

    Landing(DiskSpool spool, InstantSource clock, DiskLane lane) {
        this.spool = spool;
        this.clock = clock;
        this.lane = lane;
    }

    IncomingFile begin(ExpectedDigests digests) {
        IncomingFile file = new IncomingFile(spool, clock, digests);
        files.add(file);
        return file;
    }

    /** Appends to the file; takes the bytes over. */
    void append(IncomingFile file, ByteBuf bytes) {
        lane.append(file, bytes);
    }

    /** The file has all its bytes. */
    void end(IncomingFile file) {
        lane.end(file);
    }

    /** Drops everything. */
    void abort() {
        lane.abort(() -> Border.leave(this::discardFiles));
    }

    private void discardFiles() {
        for (IncomingFile file : files) {
            try {
                file.discard();
            } catch (IOException e) {
                log.warn("an unfinished upload stays in the spool until the next start", e);
            }
        }
    }
}
