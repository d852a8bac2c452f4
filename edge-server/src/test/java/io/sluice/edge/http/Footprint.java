package io.sluice.edge.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * What this process holds on to: memory in bytes, descriptors, and what an edge counts as open.
 *
 * @param heap after a collection
 * @param direct what Netty's allocator holds outside of the heap, free or not
 */
record Footprint(long heap, long direct, long descriptors, double connections, double uploads) {
    private static final long MORE_BYTES = 32 << 20;
    private static final int MORE_DESCRIPTORS = 16;

    static Footprint of(EdgeServer edge) {
        System.gc();
        MeterRegistry meters = edge.bean(MeterRegistry.class);
        UnixOperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
        ByteBufAllocatorMetricProvider buffers =
                (ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT;
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                buffers.metric().usedDirectMemory(),
                system.getOpenFileDescriptorCount(),
                meters.get("sluice.edge.connections").gauge().value(),
                meters.get("sluice.edge.uploads.in.flight").gauge().value());
    }

    /** Waits until what there is now is hardly more than this. */
    void awaitAgain(EdgeServer edge) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> requireHardlyMore(of(edge)));
    }

    private void requireHardlyMore(Footprint now) {
        if (now.heap > heap + MORE_BYTES
                || now.direct > direct + MORE_BYTES
                || now.descriptors > descriptors + MORE_DESCRIPTORS
                || now.connections > connections
                || now.uploads > 0) {
            throw new AssertionError("there was %s, and now is %s".formatted(this, now));
        }
    }
}
