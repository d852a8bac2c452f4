package io.sluice.edge.http.intake;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.sluice.edge.upload.transfer.Append;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client while its body comes in how much of it survives a power cut: about once a second,
 * as each time costs a sync and a commit. Confined to the event loop.
 */
final class Acknowledgements {
    private static final int INTERVAL_SECONDS = 1;

    private final EventLoop loop;
    private final Append append;
    private final Runnable write;
    private final @Nullable LongConsumer client;
    private @Nullable Future<?> timer;
    private long received;
    private long told;

    /**
     * Of one body.
     *
     * @param write writes what has come of it, and be it nothing
     */
    Acknowledgements(EventLoop loop, Append append, Runnable write, @Nullable LongConsumer client) {
        this.loop = loop;
        this.append = append;
        this.write = write;
        this.client = client;
        this.told = append.offset();
        this.received = told;
    }

    void begin() {
        if (client != null) {
            append.onNoted(offset -> loop.execute(() -> tell(client, offset)));
            timer =
                    loop.scheduleWithFixedDelay(
                            this::look, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** So many bytes of the upload have come. */
    void received(long offset) {
        received = offset;
    }

    private void look() {
        if (received > told) {
            append.wantNote();
            write.run();
        }
    }

    private void tell(LongConsumer listener, long offset) {
        if (timer != null && offset > told) {
            told = offset;
            listener.accept(offset);
        }
    }

    /** What comes now is in the answer. */
    void end() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
