package io.sluice.cachemanager;

import io.sluice.cache.CacheSettings;
import io.sluice.cache.CacheUpkeep;
import io.sluice.cache.DiskCache;
import io.sluice.cachemanager.Progress.Phase;
import io.sluice.cachemanager.loader.Loader;
import io.sluice.cachemanager.manager.Round;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upkeep's thread: waits until it leads, loads once, then makes its rounds for as long as it
 * leads. All state is confined to that thread but {@link Progress}.
 */
final class Resident {
    static final Rhythm RHYTHM = new Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(5));

    private static final Logger LOG = LoggerFactory.getLogger(Resident.class);
    private static final Duration LAST_TURN = Duration.ofSeconds(10);

    private final ScheduledExecutorService thread = newThread();
    private final CacheUpkeep upkeep;
    private final CacheSettings settings;
    private final Rhythm rhythm;
    private final Progress progress;
    private final LeaderLock lead;
    private boolean loaded;
    private boolean firstRound = true;
    private @Nullable String failure;

    /**
     * How often something is looked at.
     *
     * @param standby between two tries to lead
     * @param round between the end of a round and the start of the next
     */
    record Rhythm(Duration standby, Duration round) {}

    Resident(DiskCache cache, CacheSettings settings, Rhythm rhythm, Progress progress) {
        this.upkeep = cache.upkeep();
        this.settings = settings;
        this.rhythm = rhythm;
        this.progress = progress;
        this.lead = new LeaderLock(settings.directory());
    }

    private static ScheduledExecutorService newThread() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform().name("cache-upkeep").daemon().factory(),
                        // A turn that ends after the stop has no successor.
                        new ThreadPoolExecutor.DiscardPolicy());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    void start() {
        after(Duration.ZERO, this::begin);
    }

    /** The outermost loop: whatever goes wrong in a round, there is another. */
    private void after(Duration pause, Runnable step) {
        // Nothing leaves guarded(), so the future has nothing to tell.
        ScheduledFuture<?> _ =
                thread.schedule(() -> guarded(step), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("The cache's upkeep failed, and goes on with the next round", e);
            progress.failed(e.toString());
            after(rhythm.round, this::begin);
        }
    }

    private void begin() {
        if (!leads()) {
            progress.enter(Phase.WAITING);
            after(rhythm.standby, this::begin);
        } else if (loaded) {
            round();
        } else {
            load();
        }
    }

    private boolean leads() {
        try {
            return lead.isHeld() || lead.tryAcquire();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load() {
        progress.enter(Phase.LOADING);
        Loader loader = new Loader(upkeep);
        new Turns(
                        this::after,
                        settings.loader(),
                        loader.passes(),
                        this::note,
                        () -> {
                            loader.finish();
                            loaded = true;
                            progress.foreignFiles(loader.foreignFiles());
                            endRound(Duration.ZERO);
                        })
                .run();
    }

    private void round() {
        progress.enter(Phase.RESIDENT);
        Round round = new Round(upkeep, firstRound);
        firstRound = false;
        new Turns(
                        this::after,
                        settings.manager(),
                        round.passes(),
                        this::note,
                        () -> {
                            round.finish();
                            endRound(rhythm.round);
                        })
                .run();
    }

    private void note(IOException e) {
        LOG.warn("The cache's upkeep passes over a file: {}", e.toString());
        failure = e.toString();
    }

    private void endRound(Duration pause) {
        progress.failed(failure);
        failure = null;
        after(pause, this::begin);
    }

    /** Ends after the turn that is under way, and gives the lead away. */
    void stop() throws IOException {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_TURN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("A turn of the upkeep hangs for {}: is the disk slow?", LAST_TURN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lead.close();
    }
}
