package io.sluice.systemtests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fifty uploads at the same time, a fifth of which send their second half only after the fault.
 *
 * <p>Concurrency: one thread an upload; the maps and latches are what they share.
 */
final class Load implements AutoCloseable {
    static final int UPLOADS = 50;
    private static final int HELD_BACK = 10;
    private static final int PATIENCE_SECONDS = 60;

    private final Api api;
    private final Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger broken = new AtomicInteger();
    private final CountDownLatch some = new CountDownLatch(UPLOADS / 4);
    private final CountDownLatch fault = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Load(Api api) {
        this.api = api;
    }

    /** Begins all uploads, and returns when a quarter of them is acknowledged. */
    static Load begin(Api api, String name) throws IOException, InterruptedException {
        Load load = new Load(api);
        for (int i = 0; i < UPLOADS; i++) {
            boolean isPhoto = i % 5 == 4;
            byte[] bytes =
                    isPhoto
                            ? TestFile.photo(name + i)
                            : TestFile.text(1000 + 20_000 * i, name.hashCode() + i);
            boolean isHeldBack = i < HELD_BACK;
            load.threads.execute(() -> load.upload(bytes, isPhoto, isHeldBack));
        }
        if (!load.some.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(
                    "hardly an upload was acknowledged: " + load.acknowledged.size());
        }
        return load;
    }

    private void upload(byte[] bytes, boolean isPhoto, boolean isHeldBack) {
        try {
            Answer answer =
                    api.post(
                            isHeldBack
                                    ? BodyPublishers.ofInputStream(() -> slowly(bytes))
                                    : BodyPublishers.ofByteArray(bytes),
                            isPhoto ? "image/jpeg" : "text/plain");
            if (answer.status() == 202) {
                acknowledged.put(Api.id(answer), bytes);
                some.countDown();
            } else {
                broken.incrementAndGet();
            }
        } catch (IOException e) {
            // The fault's work: not acknowledged, so nothing was promised.
            broken.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private InputStream slowly(byte[] bytes) {
        int half = bytes.length / 2;
        return new SequenceInputStream(
                new ByteArrayInputStream(bytes, 0, half),
                new ByteArrayInputStream(bytes, half, bytes.length - half) {
                    @Override
                    public synchronized int read(byte[] to, int offset, int length) {
                        awaitFault();
                        return super.read(to, offset, length);
                    }
                });
    }

    private void awaitFault() {
        try {
            if (!fault.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the fault did not come");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The fault has happened: what was held back goes on. Returns when all uploads have ended. */
    Load afterFault() throws InterruptedException {
        fault.countDown();
        threads.shutdown();
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("uploads hang");
        }
        return this;
    }

    /** What was acknowledged: the bytes by the upload's id. */
    Map<String, byte[]> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** How many uploads were not acknowledged. */
    int broken() {
        return broken.get();
    }

    @Override
    public void close() {
        fault.countDown();
        threads.shutdownNow();
    }
}
