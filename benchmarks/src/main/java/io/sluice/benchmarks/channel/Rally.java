package io.sluice.benchmarks.channel;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of exchanges under way for some time: each reply sends the next request, on the
 * thread that brought it.
 */
final class Rally {
    private static final int SAMPLES = 1 << 22;

    private final Exchange exchange;
    private final int[] samples = new int[SAMPLES];
    private final AtomicInteger messages = new AtomicInteger();

    Rally(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Plays.
     *
     * @return {@code P50_NS P99_NS MESSAGES SECONDS}
     * @throws IllegalStateException if an exchange fails
     */
    String play(int outstanding, double seconds) throws InterruptedException {
        messages.set(0);
        long began = System.nanoTime();
        Round round = new Round(outstanding, began + (long) (seconds * 1e9));
        for (int i = 0; i < outstanding; i++) {
            round.new Ball().serve();
        }
        round.out.await();
        double took = (System.nanoTime() - began) / 1e9;
        Throwable failure = round.failure;
        if (failure != null) {
            throw new IllegalStateException("an exchange failed", failure);
        }
        int total = messages.get();
        int[] sorted = Arrays.copyOf(samples, Math.min(total, SAMPLES));
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%d %d %d %.6f",
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.99)],
                total,
                took);
    }

    private final class Round {
        final CountDownLatch out;
        final long end;
        volatile @Nullable Throwable failure;

        Round(int outstanding, long end) {
            out = new CountDownLatch(outstanding);
            this.end = end;
        }

        /** One of the exchanges that are under way. */
        final class Ball implements Exchange.Reply {
            private long sent;

            void serve() {
                sent = System.nanoTime();
                exchange.send(this);
            }

            @Override
            public void came() {
                long now = System.nanoTime();
                int index = messages.getAndIncrement();
                if (index < SAMPLES) {
                    samples[index] = (int) Math.min(now - sent, Integer.MAX_VALUE);
                }
                if (now < end && failure == null) {
                    serve();
                } else {
                    out.countDown();
                }
            }

            @Override
            public void failed(Throwable cause) {
                failure = cause;
                out.countDown();
            }
        }
    }
}
