package io.sluice.processor.render;

import io.sluice.model.ImageFormat;
import io.sluice.model.wire.WorkerHello;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the image workers can do, as they say when they start.
 *
 * @param name with its version: {@code libvips 8.18.7}
 * @param reads media types
 * @param writes words of formats
 * @param isolation what stands between them and the machine, as they tried it: what is missing
 *     begins with {@code missing}
 */
record Engine(String name, Set<String> reads, Set<String> writes, Map<String, String> isolation) {
    Engine {
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
    }

    private static Map<String, String> isolation(List<WorkerHello.Guard> guards) {
        Map<String, String> isolation = new LinkedHashMap<>();
        for (WorkerHello.Guard guard : guards) {
            isolation.put(
                    guard.getName(),
                    guard.getActive() ? guard.getDetail() : "missing: " + guard.getDetail());
        }
        return isolation;
    }

    static Engine of(WorkerHello hello) {
        return new Engine(
                hello.getEngine(),
                Set.copyOf(hello.getReadsList()),
                Set.copyOf(hello.getWritesList()),
                isolation(hello.getGuardsList()));
    }

    /** The first of the formats that it can write. */
    Optional<ImageFormat> firstOf(List<ImageFormat> formats) {
        return formats.stream().filter(format -> writes.contains(format.word())).findFirst();
    }
}
