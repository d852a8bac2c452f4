package io.sluice.edge.http.content;

import io.netty.channel.DefaultFileRegion;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import io.sluice.edge.http.loop.Border;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;

/**
 * A file that is open as long as any of its regions may still be sent. Its descriptor goes to
 * sendfile as a bare number: closed a moment too early, the number could already mean another file.
 * So only the last one to let go closes it, away from the event loop.
 */
final class OpenFile extends AbstractReferenceCounted {
    private final FileChannel channel;

    OpenFile(FileChannel channel) {
        this.channel = channel;
    }

    /** A region that keeps the file open until it is sent or dropped. */
    Region region(long position, long length) {
        return new Region(position, length);
    }

    /** Bytes that the loop sends without them coming into this process. */
    final class Region extends DefaultFileRegion {
        private Region(long position, long length) {
            super(channel, position, length);
            OpenFile.this.retain();
        }

        @Override
        protected void deallocate() {
            OpenFile.this.release();
        }
    }

    @Override
    protected void deallocate() {
        Border.leave(() -> {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }
}
