package io.sluice.systemtests;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerCutTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void takesNoAcknowledgedUpload(String fileSystem) throws Exception {
        assumeThat(LoopDisk.isPossible()).as("root, loop devices and xfsprogs").isTrue();
        try (LoopDisk disk = LoopDisk.create(fileSystem, directory)) {
            Launch launch =
                    Launch.on(disk.mountPoint().resolve("data"))
                            .with("sluice.disk.min-free", "1MiB")
                            .with("sluice.cache.min-free", "0%");
            Map<String, byte[]> quiet = quietly(launch, disk);
            Map<String, byte[]> loaded = underLoad(launch, disk, fileSystem);
            try (Sluice sluice = launch.start()) {
                CrashTest.expectWhole(sluice, quiet);
                CrashTest.expectWhole(sluice, loaded);
            }
        }
    }

    /** Nothing else goes on that could sync by chance what this upload has not. */
    private static Map<String, byte[]> quietly(Launch launch, LoopDisk disk) throws Exception {
        byte[] text = TestFile.text(5000, 200);
        try (Sluice sluice = launch.start()) {
            String id = sluice.api().upload(text, "text/plain");
            cut(sluice, disk);
            return Map.of(id, text);
        }
    }

    private static Map<String, byte[]> underLoad(Launch launch, LoopDisk disk, String name)
            throws Exception {
        try (Sluice sluice = launch.start();
                Load load = Load.begin(sluice.api(), name)) {
            cut(sluice, disk);
            return load.afterFault().acknowledged();
        }
    }

    /**
     * Freezes all processes first, so that nothing can be acknowledged between the cut and their
     * end; then the disk comes back.
     */
    private static void cut(Sluice sluice, LoopDisk disk) throws Exception {
        sluice.signalAll("STOP");
        disk.cut();
        sluice.killAll();
        disk.comeBack();
    }
}
