package io.sluice.edge.http.event;

import io.netty.channel.Channel;
import io.sluice.edge.event.EventProperties;
import io.sluice.edge.event.Events;
import io.sluice.edge.http.problem.Problem;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;

/**
 * All open streams. They never end by themselves, so they are ended before the server waits for its
 * requests to end: clients come back to whoever takes its place, and resume.
 */
public final class EventStreams implements SmartLifecycle {
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Events events;
    private final Duration heartbeat;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isRunning;

    public EventStreams(Events events, EventProperties properties) {
        this.events = events;
        this.heartbeat = properties.heartbeat();
    }

    /**
     * A stream's text; begins when it is subscribed to.
     *
     * @throws io.sluice.edge.http.problem.Refusal as an error: 503 while the edge drains
     */
    Flux<String> open(Channel channel, EventRequest request) {
        return Flux.create(sink -> {
            EventStream stream = new EventStream(sink, channel, request);
            open.add(stream);
            sink.onDispose(() -> {
                open.remove(stream);
                stream.close();
            });
            if (isRunning) {
                stream.open(events, heartbeat);
            } else {
                sink.error(
                        Problem.NOT_AVAILABLE.because("the edge is ending").retryAfter(COME_BACK));
            }
        });
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
        open.forEach(EventStream::finish);
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
