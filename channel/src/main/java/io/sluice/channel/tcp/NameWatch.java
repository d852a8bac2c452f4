package io.sluice.channel.tcp;

import io.sluice.channel.HostPort;
import io.sluice.channel.frame.EdgeTransport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the addresses of the processors' names, every so often anew: a name with several addresses,
 * as a headless service of Kubernetes has, is one processor for each. Has a thread of its own, as
 * asking for a name blocks.
 */
final class NameWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NameWatch.class);

    private final List<HostPort> names;
    private final Duration interval;
    private final EdgeTransport.Listener listener;
    private final Resolver resolver;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What each name was found at last; only the thread's. */
    private final Map<HostPort, Set<String>> known = new HashMap<>();

    private final Set<HostPort> unknown = new HashSet<>();

    /** Asks for a host's addresses, and may take its time. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    NameWatch(List<HostPort> names, Duration interval, EdgeTransport.Listener listener) {
        this(names, interval, listener, InetAddress::getAllByName);
    }

    NameWatch(
            List<HostPort> names,
            Duration interval,
            EdgeTransport.Listener listener,
            Resolver resolver) {
        this.names = names;
        this.interval = interval;
        this.listener = listener;
        this.resolver = resolver;
    }

    void start() {
        Thread.ofPlatform().name("sluice-channel-names").daemon().start(this::watch);
    }

    private void watch() {
        try {
            do {
                look();
            } while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Set<String> before = addresses();
        names.forEach(this::resolve);
        Set<String> present = addresses();
        Set<String> fresh = new HashSet<>(present);
        fresh.removeAll(before);
        listener.addresses(present, Set.copyOf(fresh));
    }

    private Set<String> addresses() {
        Set<String> all = new HashSet<>();
        known.values().forEach(all::addAll);
        return Set.copyOf(all);
    }

    /** Without an answer the last one stays: processors outlive a broken name server. */
    private void resolve(HostPort name) {
        try {
            Set<String> found = new HashSet<>();
            for (InetAddress address : resolver.resolve(name.host())) {
                found.add(TcpSockets.format(address, name.port()));
            }
            known.put(name, found);
            if (unknown.remove(name)) {
                log.info("sluice.channel.tcp.processors: {} is known again", name);
            }
        } catch (UnknownHostException e) {
            if (unknown.add(name)) {
                log.warn(
                        "sluice.channel.tcp.processors: {} can't be resolved: {}",
                        name,
                        e.getMessage());
            }
        }
    }

    /** It tells nothing more, at the latest after the question that is being asked. */
    @Override
    public void close() {
        closed.countDown();
    }
}
