package io.sluice.master.doctor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Native libraries that are used when they are there. */
final class Libraries {
    private static final String VIPS = "libvips.so.42";

    /** Where {@code ./sluice} puts the prebuilt one that npm has. */
    private static final Path BUNDLED = Path.of("image-worker", "target", "native");

    private Libraries() {}

    private static boolean isBundled() {
        Path directory = Path.of(System.getProperty("sluice.home", "")).resolve(BUNDLED);
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(directory, "libvips-cpp.so.*")) {
            return found.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    @SuppressWarnings("restricted")
    static Finding libvips() {
        if (isBundled()) {
            return Finding.ok("libvips", "a prebuilt one, used to render pictures");
        }
        try (Arena arena = Arena.ofConfined()) {
            return SymbolLookup.libraryLookup(VIPS, arena).find("vips_version").isPresent()
                    ? Finding.ok("libvips", VIPS + ", used to render pictures")
                    : Finding.less(
                            "libvips", VIPS + " isn't libvips: pictures are rendered in Java");
        } catch (IllegalArgumentException e) {
            return Finding.less(
                    "libvips",
                    "not found: pictures are rendered in Java, slower and without WebP or AVIF out; apt-get install libvips42");
        }
    }
}
