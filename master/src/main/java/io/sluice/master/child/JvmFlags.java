package io.sluice.master.child;

import io.sluice.model.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the JVM of a service is run. An AOT cache fits only the flags with which it was made. */
final class JvmFlags {
    private static final List<String> ALL =
            List.of(
                    // The least memory and threads for a heap this small.
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:-UsePerfData",
                    // The start's garbage would otherwise stay resident: 50 MiB less a process.
                    "-Xms16m",
                    "-XX:MinHeapFreeRatio=10",
                    "-XX:MaxHeapFreeRatio=25",
                    // Otherwise it would end one thread, and the process would limp on.
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dfile.encoding=UTF-8");

    private JvmFlags() {}

    static List<String> of(String role, Map<String, ByteSize> heaps) {
        List<String> flags = new ArrayList<>(ALL);
        if (role.equals("cache-manager")) {
            // It waits for the disk: the second compiler would cost 25 MiB and half of the start.
            // The others hash every byte, which only that compiler does with the CPU's own help.
            flags.add("-XX:TieredStopAtLevel=1");
        }
        ByteSize heap = heaps.get(role);
        if (heap != null) {
            flags.add("-Xmx" + heap.bytes());
        }
        flags.add("-Dsluice.process=" + role);
        return flags;
    }
}
