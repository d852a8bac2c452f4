package io.sluice.edge.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Names the time since the machine was started. Written bytes that were never synced survive the
 * end of the process, but not that of the boot.
 */
public record Boot(String id) {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/random/boot_id");

    /** The current one. Where the kernel does not tell, no earlier time is taken for this one. */
    public static Boot current() {
        try {
            return new Boot(Files.readString(KERNEL).strip());
        } catch (IOException e) {
            return new Boot(UUID.randomUUID().toString());
        }
    }
}
