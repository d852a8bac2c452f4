package io.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.model.wire.RenderReply;
import io.sluice.model.wire.RenderRequest;
import io.sluice.worker.engine.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged pictures, each of which must give a picture or a reason: one worker takes them all, and a
 * crash or a hang is a failure that names the file.
 */
@Timeout(180)
class HostileFilesTest {
    private static final int MUTATIONS = 1_000;
    private static final long SEED = 20_260_901;
    private static final long RESIDENT_LIMIT_KB = 300_000;

    private static final Map<String, String> SEEDS =
            Map.of(
                    "rotated.jpg", "image/jpeg",
                    "cmyk.jpg", "image/jpeg",
                    "display-p3.jpg", "image/jpeg",
                    "alpha.png", "image/png",
                    "photo.avif", "image/avif",
                    "photo.tiff", "image/tiff",
                    "animated.gif", "image/gif");

    @TempDir Path folder;
    private ChildProcess worker;
    private int pictures;
    private int refusals;

    @BeforeEach
    void start() throws IOException {
        worker = new ChildProcess(folder.resolve("log"));
        assumeTrue(isTrusted(worker.hello().getEngine()), "an old libvips");
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void mutatedPicturesGiveAPictureOrAReasonAndLeaveMemoryFlat() throws IOException {
        Random random = new Random(SEED);
        List<Map.Entry<String, String>> seeds =
                SEEDS.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        List<byte[]> wholes = new ArrayList<>();
        for (Map.Entry<String, String> seed : seeds) {
            wholes.add(Files.readAllBytes(TestFiles.FOLDER.resolve(seed.getKey())));
        }
        Path file = folder.resolve("mutated");
        for (int i = 0; i < MUTATIONS; i++) {
            Map.Entry<String, String> seed = seeds.get(i % seeds.size());
            Files.write(file, mutated(wholes.get(i % seeds.size()), random));
            render(file, seed.getValue(), "mutation %d of %s".formatted(i, seed.getKey()));
        }
        assertThat(pictures).isGreaterThan(MUTATIONS / 20);
        assertThat(refusals).isGreaterThan(MUTATIONS / 20);
        assertThat(residentKb()).isLessThan(RESIDENT_LIMIT_KB);
    }

    @Test
    void picturesCutAnywhereGiveAPictureOrAReason() throws IOException {
        Path file = folder.resolve("cut");
        for (Map.Entry<String, String> seed : SEEDS.entrySet()) {
            byte[] whole = Files.readAllBytes(TestFiles.FOLDER.resolve(seed.getKey()));
            for (int part = 0; part < 20; part++) {
                Files.write(file, Arrays.copyOf(whole, whole.length * part / 20));
                render(file, seed.getValue(), seed.getKey() + " cut at " + part + "/20");
            }
        }
        assertThat(refusals).isPositive();
    }

    /** Older ones crash on some of these files, and leak: they are warned of when they start. */
    private static boolean isTrusted(String engine) {
        return !engine.startsWith("libvips 8.")
                || Integer.parseInt(engine.split("\\.", -1)[1]) >= 18;
    }

    /** Flips bits, overwrites or exchanges runs of bytes, or cuts; mostly near the beginning. */
    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            int reach = random.nextBoolean() ? Math.min(600, bytes.length) : bytes.length;
            int at = random.nextInt(reach);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
                case 3 -> {
                    int length = Math.min(1 + random.nextInt(8), bytes.length - at);
                    int from = random.nextInt(bytes.length - length + 1);
                    System.arraycopy(seed, from, bytes, at, length);
                }
                default -> {
                    if (random.nextInt(10) == 0) {
                        bytes = Arrays.copyOf(bytes, Math.max(1, at));
                    }
                }
            }
        }
        return bytes;
    }

    private void render(Path file, String type, String what) throws IOException {
        Path target = Files.write(folder.resolve("made.jpeg"), new byte[0]);
        RenderReply reply =
                worker.ask(
                        RenderRequest.newBuilder()
                                .setId(1)
                                .setSource(file.toString())
                                .setSourceType(type)
                                .setCpuSeconds(20)
                                .addTargets(
                                        RenderRequest.Target.newBuilder()
                                                .setName("thumb")
                                                .setFile(target.toString())
                                                .setFormat("jpeg")
                                                .setMode("cover")
                                                .setWidth(64)
                                                .setHeight(64)
                                                .setQuality(80))
                                .build());
        assertThat(reply).as(() -> what + " ended the worker: " + worker.lastWords()).isNotNull();
        if (reply.getError().isEmpty()) {
            assertThat(Files.size(target)).as(what).isEqualTo(reply.getMade(0).getLength());
            pictures++;
        } else {
            assertThat(reply.getError()).as(what).isNotBlank();
            refusals++;
        }
    }

    private long residentKb() throws IOException {
        try (Stream<String> lines = worker.status().stream()) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }
}
