package io.sluice.processor;

import io.sluice.model.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The processor's settings, {@code sluice.processor.*}.
 *
 * @param name tells this processor from the others of its machine; the master numbers them
 * @param processes how many processors the master starts
 * @param slots jobs worked on at once, which is the credit granted to the edges; auto is twice the
 *     processor's cores
 * @param imageWorkers child processes that decode pictures; auto is one less than the cores
 * @param managementPort where actuator listens on the loopback address; 0 takes a free port
 * @param store the root of the originals; by default the data directory's
 * @param workerJar the image worker's jar; by default beside the processor's
 * @param workerHeap the heap of an image worker's JVM
 * @param workerRenders an image worker is replaced after so many pictures, which bounds leaks of
 *     native decoders
 * @param workerResident an image worker that has more memory than this after a picture is replaced
 * @param workerMemory of private memory that an image worker may have at any time; half of it is
 *     what a picture may need while it is decoded
 * @param workerIsolation how much must stand between image workers and the machine
 * @param workerWait how long a job waits for a free image worker
 * @param renderTimeout how long the renditions of one picture may take before their worker is
 *     killed
 */
@ConfigurationProperties(prefix = "sluice.processor", ignoreUnknownFields = false)
public record ProcessorProperties(
        @DefaultValue("1") String name,
        @DefaultValue("1") Count processes,
        @DefaultValue("auto") Count slots,
        @DefaultValue("auto") Count imageWorkers,
        @DefaultValue("9081") int managementPort,
        @Nullable Path store,
        @Nullable Path workerJar,
        @DefaultValue("64MB") ByteSize workerHeap,
        @DefaultValue("500") int workerRenders,
        @DefaultValue("256MB") ByteSize workerResident,
        @DefaultValue("512MB") ByteSize workerMemory,
        @DefaultValue("auto") Isolation workerIsolation,
        @DefaultValue("30s") Duration workerWait,
        @DefaultValue("30s") Duration renderTimeout) {
    private static final ByteSize SMALLEST_HEAP = ByteSize.valueOf("32MB");
    private static final ByteSize SMALLEST_RESIDENT = ByteSize.valueOf("128MB");
    private static final ByteSize SMALLEST_MEMORY = ByteSize.valueOf("256MB");

    /** How much must stand between image workers and the machine. */
    public enum Isolation {
        /** As much as the kernel offers. */
        AUTO,
        /** All of it, or no worker starts. */
        REQUIRED,
        /** Nothing, for debugging. */
        OFF;

        /** As it is spelled in settings. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ProcessorProperties {
        require(
                name.matches("[\\w-]{1,32}"),
                "name",
                name,
                "must be 1 to 32 letters, digits, _ or -");
        require(
                managementPort >= 0 && managementPort <= 65_535,
                "management-port",
                managementPort,
                "must be a port, or 0 for a free one");
        require(
                workerHeap.bytes() >= SMALLEST_HEAP.bytes(),
                "worker-heap",
                workerHeap,
                "must be " + SMALLEST_HEAP + " or more");
        require(workerRenders >= 1, "worker-renders", workerRenders, "must be 1 or more");
        require(
                workerResident.bytes() >= SMALLEST_RESIDENT.bytes(),
                "worker-resident",
                workerResident,
                "must be " + SMALLEST_RESIDENT + " or more");
        require(
                workerMemory.bytes() >= SMALLEST_MEMORY.bytes(),
                "worker-memory",
                workerMemory,
                "must be " + SMALLEST_MEMORY + " or more");
        require(workerWait.isPositive(), "worker-wait", workerWait, "must be longer than 0");
        require(
                renderTimeout.isPositive(),
                "render-timeout",
                renderTimeout,
                "must be longer than 0");
    }

    private static void require(boolean holds, String key, Object value, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "sluice.processor.%s = %s: %s".formatted(key, value, remedy));
        }
    }

    /** What decoding one picture may take, in bytes. */
    public long decodingMemory() {
        return workerMemory.bytes() / 2;
    }

    /** How many jobs are worked on at once on a machine of so many cores. */
    public int slotsOn(int cores) {
        return slots.or(2 * cores);
    }

    /** How many image workers run on a machine of so many cores. */
    public int imageWorkersOn(int cores) {
        return imageWorkers.or(Math.max(1, cores - 1));
    }
}
