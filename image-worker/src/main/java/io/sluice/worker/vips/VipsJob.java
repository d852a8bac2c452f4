package io.sluice.worker.vips;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Everything native that one rendering holds; closing it gives all of it back. */
final class VipsJob implements AutoCloseable {
    private final LibVips vips;
    private final Arena arena = Arena.ofConfined();
    private final Deque<Long> references = new ArrayDeque<>();

    VipsJob(LibVips vips) {
        this.vips = vips;
        vips.forgetErrors();
    }

    LibVips vips() {
        return vips;
    }

    Arena arena() {
        return arena;
    }

    /** A call of the operation that libvips knows by this nickname: {@code jpegload}. */
    VipsOperation operation(String nickname) throws VipsException {
        return new VipsOperation(this, nickname);
    }

    /** Takes over a reference to an image; null is the failure of whoever made it. */
    VipsImage own(long image) throws VipsException {
        if (image == 0) {
            throw failure();
        }
        references.push(image);
        return new VipsImage(this, image);
    }

    /** An image of these bytes, which are copied: rows of pixels of so many bands. */
    VipsImage imageOf(byte[] bytes, int width, int height, int bands) throws VipsException {
        try (var copy = Arena.ofConfined()) {
            MemorySegment memory = copy.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            int unsignedBytes = 0; // VIPS_FORMAT_UCHAR
            return own(
                    vips.fromMemory.call(
                            memory.address(), bytes.length, width, height, bands, unsignedBytes));
        }
    }

    /** The names of all fields of the image's header. */
    List<String> fields(long image) {
        long names = vips.fields.call(image);
        List<String> fields = new ArrayList<>();
        MemorySegment array = LibVips.memory(names, Long.MAX_VALUE);
        for (long i = 0; array.getAtIndex(ValueLayout.JAVA_LONG, i) != 0; i++) {
            fields.add(LibVips.string(array.getAtIndex(ValueLayout.JAVA_LONG, i)));
        }
        vips.freeStrings.call(names);
        return fields;
    }

    /** The last error as an exception. */
    VipsException failure() {
        return new VipsException(vips.takeError());
    }

    @Override
    public void close() {
        while (!references.isEmpty()) {
            vips.unref.call(references.pop());
        }
        arena.close();
        vips.trim();
    }
}
