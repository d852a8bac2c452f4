package io.sluice.channel.frame;

import io.sluice.channel.descriptor.PassedOriginal;
import io.sluice.channel.descriptor.PassedSource.Lost;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came beside the frames of a connection and belongs to the job that comes next. Owned by the
 * event loop.
 */
final class Passing {
    private static final Logger log = LoggerFactory.getLogger(Passing.class);

    private @Nullable PassedOriginal original;
    private boolean lost;

    /** A descriptor came, or should have. */
    void came(Object beside) {
        if (isWaiting()) {
            if (beside instanceof PassedOriginal second) {
                close(second);
            }
            throw new ProtocolViolation("two descriptors in front of one JOB");
        }
        switch (beside) {
            case PassedOriginal passed -> original = passed;
            case Lost _ -> lost = true;
            default -> throw new IllegalStateException("not of the stream: " + beside);
        }
    }

    private boolean isWaiting() {
        return original != null || lost;
    }

    /** Checks that it belongs to the next frame, which says whether something came before it. */
    void expect(boolean announced) {
        if (announced != isWaiting()) {
            throw new ProtocolViolation(
                    announced
                            ? "a JOB without its descriptor"
                            : "a descriptor in front of a frame that doesn't announce it");
        }
    }

    /** Whether it was lost on the way; it is expected no more. */
    boolean wasLost() {
        boolean was = lost;
        lost = false;
        return was;
    }

    /** Hands it over to the job. */
    @Nullable SeekableByteChannel take() {
        SeekableByteChannel taken = original;
        original = null;
        return taken;
    }

    /** Nobody will use it. */
    void drop() {
        lost = false;
        SeekableByteChannel unused = take();
        if (unused != null) {
            close(unused);
        }
    }

    /** It was open for reading only: nothing is lost if that fails. */
    static void close(SeekableByteChannel original) {
        try {
            original.close();
        } catch (IOException e) {
            log.warn("an original could not be closed", e);
        }
    }
}
