package io.sluice.channel.frame;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one processor as the edge sees it: kept for as long as the transport names the
 * address, with growing pauses between the tries. Everything runs on the event loop.
 */
final class ProcessorLink implements EdgeConnection.Listener {
    private static final Logger log = LoggerFactory.getLogger(ProcessorLink.class);

    private final String address;
    private final EdgeTransport transport;
    private final EventLoop loop;
    private final Pipeline pipeline;
    private final ProcessorPool pool;

    /** The connection in use and any that still drain; bounded by the deadlines of their jobs. */
    private final Set<EdgeConnection> live = new HashSet<>();

    private @Nullable Channel channel;
    private @Nullable Future<?> retry;
    private int failures;
    private boolean hasConnected;
    private boolean ended;

    ProcessorLink(String address, EdgeTransport transport, Pipeline pipeline, ProcessorPool pool) {
        this.address = address;
        this.transport = transport;
        this.loop = pipeline.loop().executor();
        this.pipeline = pipeline;
        this.pool = pool;
    }

    /** Whether a connection is being made, is used, or drains. */
    boolean isBusy() {
        return !live.isEmpty();
    }

    /** Connects at once, unless it is connected: the address is new. */
    void connect() {
        if (ended || channel != null) {
            return;
        }
        if (retry != null) {
            retry.cancel(false);
        }
        ChannelFuture connecting =
                transport.connect(
                        address,
                        loop,
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel fresh) {
                                install(fresh);
                            }
                        });
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                log.debug("no processor at {}", address, done.cause());
            }
        });
    }

    private void install(Channel fresh) {
        ConnectionMeter meter = pipeline.meter();
        EdgeConnection made = new EdgeConnection(address, fresh, this, meter);
        live.add(made);
        pipeline.install(fresh, made, meter);
        fresh.closeFuture().addListener(_ -> closed(fresh, made));
    }

    private void closed(Channel gone, EdgeConnection connection) {
        live.remove(connection);
        pool.remove(connection);
        if (gone.equals(channel)) {
            detach();
        }
    }

    private void detach() {
        channel = null;
        if (!ended) {
            Duration pause = Backoff.RECONNECT.after(failures++);
            retry = loop.schedule(this::connect, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void ready(EdgeConnection made) {
        failures = 0;
        if (hasConnected) {
            made.meter().reconnected();
        }
        hasConnected = true;
        pool.add(made);
    }

    @Override
    public void goingAway(EdgeConnection leaving) {
        pool.remove(leaving);
        // It finishes on its own; a successor's socket may already be there.
        detach();
    }

    @Override
    public void creditGrew() {
        pool.creditGrew();
    }

    /** Connects no more; what is connected gives its jobs back and says good-bye. */
    void end() {
        ended = true;
        if (retry != null) {
            retry.cancel(false);
        }
        for (EdgeConnection connection : List.copyOf(live)) {
            pool.remove(connection);
            connection.shutDown();
        }
    }
}
