package io.sluice.edge.http.event;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sluice.edge.event.Event;
import io.sluice.edge.event.EventPage;
import io.sluice.edge.event.Events;
import io.sluice.edge.event.Subscription;
import io.sluice.edge.http.loop.Border;
import io.sluice.model.UploadId;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

/**
 * One client's stream.
 *
 * <p>Confined to the connection's event loop; only a page is read elsewhere, one at a time. A page
 * is asked for when there is something new and the client has taken what it was sent, so that a
 * slow client costs its connection's buffer and no more. It goes on behind the last id it was sent,
 * wherever that is found.
 */
final class EventStream {
    private static final Duration FULL_PAUSE = Duration.ofMillis(50);
    private static final Duration PROGRESS = Duration.ofMillis(500);
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final FluxSink<String> sink;
    private final Channel channel;
    private final EventLoop loop;
    private final EventRequest request;
    private long cursor;
    private boolean isReading;
    private boolean isThereMore;
    private boolean isPausing;
    private boolean isEnded;
    private @Nullable Subscription subscription;
    private @Nullable Future<?> heartbeat;
    private @Nullable Future<?> progress;
    private long received;

    EventStream(FluxSink<String> sink, Channel channel, EventRequest request) {
        this.sink = sink;
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.request = request;
        this.cursor = request.after();
    }

    /** Begins; fails the sink with what {@link Events#subscribe} throws. From any thread. */
    void open(Events events, Duration interval) {
        onLoop(() -> begin(events, interval));
    }

    private void begin(Events events, Duration interval) {
        if (isEnded) {
            return;
        }
        try {
            subscription = events.subscribe(request.filter(), () -> onLoop(this::look));
        } catch (RuntimeException e) {
            isEnded = true;
            sink.error(e);
            return;
        }
        sink.next(
                EventText.retry(COME_BACK.toMillis())
                        + (request.hasMissed() ? EventText.lost(request.forgotten()) : ""));
        long millis = interval.toMillis();
        heartbeat = loop.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
        if (request.endsWithUpload()) {
            long pause = PROGRESS.toMillis();
            progress =
                    loop.scheduleWithFixedDelay(
                            this::tellProgress, pause, pause, TimeUnit.MILLISECONDS);
        }
        look();
    }

    private void onLoop(Runnable work) {
        try {
            loop.execute(work);
        } catch (RejectedExecutionException e) {
            // The loops have ended, and all connections with them.
            isEnded = true;
        }
    }

    private void beat() {
        if (!isEnded && isTaken()) {
            sink.next(EventText.HEARTBEAT);
        }
    }

    private void tellProgress() {
        long now = subscription == null ? 0 : subscription.progress();
        UploadId upload = request.filter().upload();
        if (now != received && upload != null && !isEnded && isTaken()) {
            received = now;
            sink.next(EventText.progress(upload, now));
        }
    }

    /** Whether the client has taken, but for one socket buffer, what it was sent. */
    private boolean isTaken() {
        return channel.isWritable() && sink.requestedFromDownstream() > 0;
    }

    private void look() {
        isThereMore = true;
        if (isEnded || isReading || isPausing) {
            return;
        }
        if (isTaken()) {
            isReading = true;
            isThereMore = false;
            Border.leave(this::read);
        } else {
            isPausing = true;
            var _ = loop.schedule(this::lookAgain, FULL_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void lookAgain() {
        isPausing = false;
        look();
    }

    private void read() {
        Subscription reader = subscription;
        if (reader == null) {
            return;
        }
        try {
            EventPage page = reader.after(cursor);
            onLoop(() -> take(page));
        } catch (RuntimeException e) {
            // The client comes back and resumes, which spreads the load that made this fail.
            onLoop(this::end);
        }
    }

    private void take(EventPage page) {
        isReading = false;
        if (isEnded) {
            return;
        }
        cursor = page.upTo();
        if (!page.events().isEmpty()) {
            sink.next(EventText.page(page));
        }
        if (request.endsWithUpload() && page.events().stream().anyMatch(Event::isEnd)) {
            end();
        } else if (isThereMore || !page.isLast()) {
            look();
        }
    }

    /** Ends the answer as a whole one; from any thread. */
    void finish() {
        onLoop(this::end);
    }

    private void end() {
        if (!isEnded) {
            isEnded = true;
            sink.complete();
        }
    }

    /** Nothing more is sent, whoever ended it; from any thread. */
    void close() {
        onLoop(() -> {
            isEnded = true;
            if (subscription != null) {
                subscription.close();
            }
            if (heartbeat != null) {
                heartbeat.cancel(false);
            }
            if (progress != null) {
                progress.cancel(false);
            }
        });
    }
}
