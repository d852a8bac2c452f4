package io.sluice.master.child;

import io.sluice.model.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the JVM of a service is run. An AOT cache fits only the flags with which it was made. */
final class JvmFlags {
    private JvmFlags() {}

    static List<String> of(String role, Map<String, ByteSize> heaps) {
        List<String> flags =
                new ArrayList<>(
                        List.of(
                                // The least memory and threads for a heap this small.
                                "-XX:+UseSerialGC",
                                "-XX:+UseCompactObjectHeaders",
                                "-XX:-UsePerfData",
                                // Otherwise it would end one thread, and the process would limp on.
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Dfile.encoding=UTF-8"));
        ByteSize heap = heaps.get(role);
        if (heap != null) {
            flags.add("-Xmx" + heap.bytes());
        }
        flags.add("-Dsluice.process=" + role);
        return flags;
    }
}
