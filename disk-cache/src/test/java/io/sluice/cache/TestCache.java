package io.sluice.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Optional;
import java.util.stream.Stream;

/** A cache below a temporary directory, and what tests do with it. */
record TestCache(Path root, ByteSize maxSize, ByteSize zoneSize, Moment clock) {
    TestCache(Path root) {
        this(root, ByteSize.valueOf("64MiB"), ByteSize.valueOf("64KiB"), new Moment());
    }

    TestCache withMaxSize(String size) {
        return new TestCache(root, ByteSize.valueOf(size), zoneSize, clock);
    }

    TestCache withZoneSize(String size) {
        return new TestCache(root, maxSize, ByteSize.valueOf(size), clock);
    }

    /** A clock that stands until it is moved. */
    static final class Moment implements InstantSource {
        private volatile Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    CacheSettings settings() {
        Bounds bounds = new Bounds(100, Duration.ofMillis(1), Duration.ofSeconds(1));
        return new CacheSettings(
                root.resolve("cache"),
                root.resolve("cache-temp"),
                root.resolve("run/cache.zone"),
                Levels.valueOf("1:2"),
                maxSize,
                Share.valueOf("0%"),
                Duration.ofDays(10),
                zoneSize,
                bounds,
                bounds);
    }

    DiskCache open() throws IOException {
        return DiskCache.open(settings(), clock);
    }

    Zone zone() throws IOException {
        return new Zone(ZoneFile.of(settings()));
    }

    static void put(DiskCache cache, String key, String body) throws IOException {
        try (Fill fill = cache.fill(key, "text/plain", List.of("tag"))) {
            write(fill, body);
            fill.commit();
        }
    }

    static void write(Fill fill, String body) throws IOException {
        try (FileChannel channel = FileChannel.open(fill.file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(body.getBytes(UTF_8)), fill.bodyOffset());
        }
    }

    static Optional<String> get(DiskCache cache, String key) throws IOException {
        Optional<CachedFile> found = cache.find(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (CachedFile file = found.get()) {
            return Optional.of(body(file));
        }
    }

    static String body(CachedFile file) throws IOException {
        ByteBuffer body = ByteBuffer.allocate((int) file.bodyLength());
        file.channel().read(body, file.bodyOffset());
        return new String(body.array(), UTF_8);
    }

    Path fileOf(String key) {
        return settings().directory().resolve(settings().levels().pathOf(KeyHash.of(key).name()));
    }

    /** All files of ours in the tree. */
    List<Path> files() throws IOException {
        return regularFiles(settings().directory());
    }

    List<Path> tempFiles() throws IOException {
        return regularFiles(settings().tempDirectory());
    }

    long bytesOnDisk() throws IOException {
        long bytes = 0;
        for (Path file : files()) {
            bytes += Entries.sizeOnDisk(Files.size(file));
        }
        return bytes;
    }

    /** Runs a pass to its end. */
    static void finish(Pass pass) throws IOException {
        while (pass.step()) {
            // Each step is a file or so.
        }
    }

    private static List<Path> regularFiles(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith(".sluice-"))
                    .toList();
        }
    }
}
