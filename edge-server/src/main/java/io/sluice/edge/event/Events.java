package io.sluice.edge.event;

import io.sluice.edge.database.Database;
import io.sluice.edge.database.Signal;
import io.sluice.edge.upload.TooBusy;
import io.sluice.model.UploadId;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of this host's uploads.
 *
 * <p>Concurrency: one thread, woken by each commit, reads what is new once for all subscribers and
 * tells them; while there is none it reads nothing. A subscriber's own reading is any thread's.
 */
public final class Events implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Events.class);
    private static final int PAGE = 512;
    private static final int FORGOTTEN_AT_ONCE = 500;
    private static final long LONGEST_WAIT_MS = 10_000;
    private static final EventFilter ALL = new EventFilter(null, null);

    private final Database database;
    private final EventProperties properties;
    private final InstantSource clock;
    private final Signal signal = new Signal();
    private final Semaphore places;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final RecentEvents recent = new RecentEvents();
    private final Progress progress = new Progress();
    private final Thread thread = Thread.ofPlatform().name("events").daemon().unstarted(this::run);
    private boolean isIdle = true;

    public Events(Database database, EventProperties properties, InstantSource clock) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
        this.places = new Semaphore(properties.maxSubscribers());
    }

    void start() {
        database.onCommit(signal);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                signal.await(LONGEST_WAIT_MS);
                readWhatIsNew();
            }
        } catch (InterruptedException e) {
            log.debug("the events end");
        }
    }

    private void readWhatIsNew() {
        if (subscriptions.isEmpty()) {
            isIdle = true;
            return;
        }
        try {
            if (isIdle) {
                recent.restart(newest());
                isIdle = false;
                subscriptions.forEach(Subscription::tellAnyway);
            }
            EventPage page;
            do {
                page = fromTable(recent.upTo(), ALL, PAGE);
                recent.add(page);
                EventPage added = page;
                subscriptions.forEach(subscription -> subscription.tell(added));
            } while (!page.isLast());
        } catch (RuntimeException e) {
            isIdle = true;
            log.warn("new events could not be read, trying again: {}", e.toString());
        }
    }

    /**
     * Subscribes; cheap, it may be called on an event loop. Whoever subscribes reads first, and
     * again whenever it is told to, so that it misses nothing.
     *
     * @param onMore called on the events' thread: must not wait
     * @throws TooBusy if there are too many subscribers
     */
    public Subscription subscribe(EventFilter filter, Runnable onMore) {
        if (!places.tryAcquire()) {
            throw new TooBusy("too many event streams are open (sluice.event.max-subscribers)");
        }
        Subscription subscription = new Subscription(this, filter, onMore);
        subscriptions.add(subscription);
        if (filter.upload() != null) {
            progress.watch(filter.upload());
        }
        signal.raise();
        return subscription;
    }

    void leave(Subscription subscription) {
        if (subscriptions.remove(subscription)) {
            places.release();
            UploadId upload = subscription.filter().upload();
            if (upload != null) {
                progress.unwatch(upload);
            }
        }
    }

    /**
     * Tells those who follow the upload how much of it has come. Cheap: to be called with each
     * write of an unfinished upload, on any thread.
     *
     * @param received bytes so far, at least 1
     */
    public void progress(UploadId upload, long received) {
        progress.report(upload, received);
    }

    long progressOf(UploadId upload) {
        return progress.of(upload);
    }

    EventPage after(long id, EventFilter filter, int limit) {
        return recent.after(id, filter, limit).orElseGet(() -> fromTable(id, filter, limit));
    }

    private EventPage fromTable(long id, EventFilter filter, int limit) {
        return database.read(jdbc -> EventRows.after(jdbc, id, filter, limit));
    }

    /** The newest event's id; 0 before the first. Blocks. */
    public long newest() {
        return database.read(EventRows::newest);
    }

    /** The newest id that is forgotten already: a stream from before it has a gap. Blocks. */
    public long forgotten() {
        return database.read(EventRows::forgotten);
    }

    /** Whether there is an event of the upload behind the id. Blocks. */
    public boolean hasMore(UploadId upload, long id) {
        return !fromTable(id, new EventFilter(null, upload), 1).events().isEmpty();
    }

    /** Forgets events that are too old or too many. Blocks. */
    void forget() {
        long before = clock.millis() - properties.keepFor().toMillis();
        int forgotten;
        do {
            forgotten =
                    database.commit(jdbc ->
                                    EventRows.forget(
                                            jdbc, before, properties.keep(), FORGOTTEN_AT_ONCE))
                            .join();
        } while (forgotten == FORGOTTEN_AT_ONCE);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
