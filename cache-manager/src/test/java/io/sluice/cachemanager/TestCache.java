package io.sluice.cachemanager;

import io.sluice.cache.Bounds;
import io.sluice.cache.CacheSettings;
import io.sluice.cache.DiskCache;
import io.sluice.cache.Fill;
import io.sluice.cache.Levels;
import io.sluice.cache.Share;
import io.sluice.model.ByteSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** A cache below a temporary directory, and what tests do with it. */
public record TestCache(Path root, Moment clock) {
    /** A cache with a clock that stands. */
    public TestCache(Path root) {
        this(root, new Moment());
    }

    /** A clock that stands until it is moved. */
    public static final class Moment implements InstantSource {
        private volatile Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        /** Moves the clock. */
        public void pass(Duration time) {
            now = now.plus(time);
        }
    }

    /** Small and quick. */
    public CacheSettings settings() {
        Bounds bounds = new Bounds(3, Duration.ofMillis(1), Duration.ofSeconds(1));
        return new CacheSettings(
                root.resolve("cache"),
                root.resolve("cache-temp"),
                root.resolve("run/cache.zone"),
                Levels.valueOf("1:2"),
                ByteSize.valueOf("64MiB"),
                Share.valueOf("0%"),
                Duration.ofDays(10),
                ByteSize.valueOf("64KiB"),
                bounds,
                bounds);
    }

    /** Opens it. */
    public DiskCache open() throws IOException {
        return DiskCache.open(settings(), clock);
    }

    /** Fills an entry. */
    public static void put(DiskCache cache, String key) throws IOException {
        try (Fill fill = cache.fill(key, "text/plain", List.of())) {
            try (FileChannel channel = FileChannel.open(fill.file(), StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), fill.bodyOffset());
            }
            fill.commit();
        }
    }

    /** The cached files. */
    public List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(settings().directory())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith(".sluice-"))
                    .toList();
        }
    }
}
