package io.sluice.benchmarks.load;

import java.util.concurrent.atomic.AtomicInteger;

/** A plan under way: hands out the numbers of the requests. */
record Run(Plan plan, Requests requests, Bodies bodies, AtomicInteger begun, long end) {
    static Run begin(Plan plan, Requests requests, Bodies bodies) {
        long end = System.nanoTime() + (long) (plan.seconds() * 1e9);
        return new Run(plan, requests, bodies, new AtomicInteger(), end);
    }

    boolean isOpen() {
        return System.nanoTime() - end < 0 && begun.get() < requests.count();
    }

    /** The next request's number; negative if there is none. */
    int next() {
        if (!isOpen()) {
            return -1;
        }
        int number = begun.getAndIncrement();
        return number < requests.count() ? number : -1;
    }
}
