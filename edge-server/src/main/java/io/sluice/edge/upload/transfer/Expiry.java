package io.sluice.edge.upload.transfer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes after a start what only has to be completed, then drops unfinished uploads that are too
 * old, some at a time, on a thread of its own. It looks at rows that can still expire only, so it
 * never touches a finished upload.
 */
final class Expiry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Expiry.class);
    private static final int MOST = 1000;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Transfers transfers;
    private final Ledger ledger;
    private final Recovery recovery;
    private final Finishing finishing;
    private final Duration interval;
    private final ScheduledExecutorService thread =
            Executors.newScheduledThreadPool(
                    1, Thread.ofPlatform().name("upload-expiry").daemon().factory());

    Expiry(
            Transfers transfers,
            Ledger ledger,
            Recovery recovery,
            Finishing finishing,
            Duration expiresAfter) {
        this.transfers = transfers;
        this.ledger = ledger;
        this.recovery = recovery;
        this.finishing = finishing;
        Duration tenth = expiresAfter.dividedBy(10).plusMillis(100);
        this.interval = tenth.compareTo(LONGEST) < 0 ? tenth : LONGEST;
    }

    void start() throws java.io.IOException {
        var full = recovery.run();
        thread.execute(() -> finishing.finish(full));
        var _ =
                thread.scheduleWithFixedDelay(
                        this::sweep, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        try {
            List<Transfer> old =
                    ledger.read(jdbc -> TransferRows.expired(jdbc, ledger.now(), MOST));
            long dropped = old.stream().filter(each -> transfers.expire(each.id())).count();
            if (dropped > 0) {
                log.info("dropped {} uploads that were not finished in time", dropped);
            }
        } catch (RuntimeException e) {
            log.warn("could not drop unfinished uploads: {}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
