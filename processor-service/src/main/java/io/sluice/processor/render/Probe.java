package io.sluice.processor.render;

import io.sluice.model.wire.RenderRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A real job that costs next to nothing: a picture of four by four pixels in a directory of its
 * own, to find out whether a worker still works. A process that answers and renders nothing looks
 * healthy to anything less.
 */
final class Probe {
    private static final byte[] PICTURE =
            Base64.getDecoder()
                    .decode(
                            "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAKklEQVR42hXHQQ0AMBDDsAILsAIriMDa"
                                    + "TfLHMTGYmkUOUrn0YGsvH65uDyWyF8G9EDqXAAAAAElFTkSuQmCC");

    private final Path directory;
    private final Path source;

    private Probe(Path directory) {
        this.directory = directory;
        this.source = directory.resolve("probe.png");
    }

    /** Puts the picture into a directory, which is made if need be. */
    static Probe in(Path directory) throws IOException {
        Probe probe = new Probe(Files.createDirectories(directory).toAbsolutePath().normalize());
        Files.write(probe.source, PICTURE);
        return probe;
    }

    /** Where a worker must be able to read and write. */
    Path directory() {
        return directory;
    }

    /** The job for one worker, which has a file of its own to write. */
    RenderRequest request(long pid) throws IOException {
        Path target = Files.write(directory.resolve("probe-" + pid + ".jpeg"), new byte[0]);
        return RenderRequest.newBuilder()
                .setId(pid)
                .setSource(source.toString())
                .setSourceType("image/png")
                .addTargets(
                        RenderRequest.Target.newBuilder()
                                .setName("probe")
                                .setFile(target.toString())
                                .setFormat("jpeg")
                                .setMode("fit")
                                .setWidth(2)
                                .setHeight(2)
                                .setQuality(80))
                .build();
    }

    /** A worker has ended. */
    void forget(long pid) throws IOException {
        Files.deleteIfExists(directory.resolve("probe-" + pid + ".jpeg"));
    }
}
