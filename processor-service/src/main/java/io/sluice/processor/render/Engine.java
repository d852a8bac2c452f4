package io.sluice.processor.render;

import io.sluice.model.ImageFormat;
import io.sluice.model.wire.WorkerHello;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the image workers can do, as they say when they start.
 *
 * @param name with its version: {@code libvips 8.18.7}
 * @param reads media types
 * @param writes words of formats
 */
record Engine(String name, Set<String> reads, Set<String> writes) {
    Engine {
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
    }

    static Engine of(WorkerHello hello) {
        return new Engine(
                hello.getEngine(),
                Set.copyOf(hello.getReadsList()),
                Set.copyOf(hello.getWritesList()));
    }

    /** The first of the formats that it can write. */
    Optional<ImageFormat> firstOf(List<ImageFormat> formats) {
        return formats.stream().filter(format -> writes.contains(format.word())).findFirst();
    }
}
