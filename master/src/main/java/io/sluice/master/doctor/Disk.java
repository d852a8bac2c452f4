package io.sluice.master.doctor;

import io.sluice.model.ByteSize;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk under the data directory. */
final class Disk {
    private static final double LITTLE = 0.05;

    private Disk() {}

    static Finding examine(Path data) {
        Path at = data;
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        try {
            FileStore store = Files.getFileStore(at);
            String text =
                    "%s: %s of %s free on %s"
                            .formatted(
                                    data,
                                    mebibytes(store.getUsableSpace()),
                                    mebibytes(store.getTotalSpace()),
                                    store.type());
            return store.getUsableSpace() < store.getTotalSpace() * LITTLE
                    ? Finding.less("disk", text + ": uploads will be refused soon")
                    : Finding.ok("disk", text);
        } catch (IOException e) {
            return Finding.missing("disk", "%s can't be looked at: %s".formatted(data, e));
        }
    }

    private static ByteSize mebibytes(long bytes) {
        return new ByteSize(bytes >> 20 << 20);
    }
}
