package io.sluice.edge.http.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.edge.content.CacheStatus;
import io.sluice.edge.http.problem.Problem;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What the HTTP border counts. All series exist from the start; no tag comes from a client. */
public final class EdgeMeters {
    private final Map<Problem, Counter> refused;
    private final Map<CacheStatus, Counter> cache;
    private final Map<Outcome, Counter> uploads;
    private final Counter gone;
    private final Counter bytes;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** How a request to upload ended. */
    public enum Outcome {
        /** A new upload was acknowledged. */
        ACCEPTED,
        /** A known Idempotency-Key was answered with its upload. */
        REPEATED,
        /** A problem was answered. */
        REFUSED,
        /** The client went away first. */
        ABORTED
    }

    /** Registers all series. */
    public EdgeMeters(MeterRegistry meters) {
        refused =
                counters(
                        Problem.class,
                        p ->
                                Counter.builder("sluice.edge.requests.refused")
                                        .tag("code", p.code())
                                        .register(meters));
        cache =
                counters(
                        CacheStatus.class,
                        s ->
                                Counter.builder("sluice.edge.renditions")
                                        .tag("status", s.name().toLowerCase(Locale.ROOT))
                                        .register(meters));
        uploads =
                counters(
                        Outcome.class,
                        o ->
                                Counter.builder("sluice.edge.uploads")
                                        .tag("outcome", o.name().toLowerCase(Locale.ROOT))
                                        .register(meters));
        gone = Counter.builder("sluice.edge.requests.abandoned").register(meters);
        bytes = Counter.builder("sluice.edge.upload.received").baseUnit("bytes").register(meters);
        Gauge.builder("sluice.edge.uploads.in.flight", inFlight, AtomicInteger::get)
                .register(meters);
    }

    private static <E extends Enum<E>> Map<E, Counter> counters(
            Class<E> words, Function<E, Counter> counter) {
        Map<E, Counter> counters = new EnumMap<>(words);
        for (E word : words.getEnumConstants()) {
            counters.put(word, counter.apply(word));
        }
        return counters;
    }

    /** An upload's bytes begin to come. */
    public void uploadBegan() {
        inFlight.incrementAndGet();
    }

    /** It ended, however. */
    public void uploadEnded() {
        inFlight.decrementAndGet();
    }

    /** Counts one upload, or one refused request to upload. */
    public void upload(Outcome outcome) {
        increment(uploads, outcome);
    }

    /** Counts bytes of bodies. */
    public void received(long count) {
        bytes.increment((double) count);
    }

    /** Counts a request that was answered with a problem. */
    public void refused(Problem problem) {
        increment(refused, problem);
    }

    /** Counts a request whose client went away before the answer: nginx's 499. */
    public void clientGone() {
        gone.increment();
    }

    /** Counts a rendition that was served. */
    public void served(CacheStatus status) {
        increment(cache, status);
    }

    private static <E> void increment(Map<E, Counter> counters, E word) {
        Counter counter = counters.get(word);
        if (counter != null) {
            counter.increment();
        }
    }
}
