package io.sluice.master.doctor;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** Native libraries that are used when they are there. */
final class Libraries {
    private static final String VIPS = "libvips.so.42";

    private Libraries() {}

    @SuppressWarnings("restricted")
    static Finding libvips() {
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
