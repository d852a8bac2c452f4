package io.sluice.worker.vips;

import io.sluice.worker.engine.Placement;
import io.sluice.worker.engine.Size;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/**
 * One call of a libvips operation by way of its GObject properties. libvips checks names and types
 * of all arguments, so a wrong one is an error and never undefined behaviour.
 */
final class VipsOperation {
    /** A GType and two words of data. */
    private static final long GVALUE_BYTES = 24;

    private static final long G_TYPE_INT = 6 << 2;

    private final VipsJob job;
    private final LibVips vips;
    private final long operation;

    VipsOperation(VipsJob job, String nickname) throws VipsException {
        this.job = job;
        this.vips = job.vips();
        this.operation = vips.operationNew.call(LibVips.text(job.arena(), nickname));
        if (operation == 0) {
            throw job.failure();
        }
    }

    VipsOperation set(String argument, Object value) throws VipsException {
        long name = LibVips.text(job.arena(), argument);
        long text = LibVips.text(job.arena(), value.toString());
        if ((int) vips.setFromString.call(operation, name, text) != 0) {
            throw failed();
        }
        return this;
    }

    VipsOperation set(String argument, VipsImage image) {
        try (var arena = Arena.ofConfined()) {
            long value = value(arena, vips.imageType);
            vips.valueSetObject.call(value, image.address());
            vips.setProperty.call(operation, LibVips.text(arena, argument), value);
            vips.valueUnset.call(value);
        }
        return this;
    }

    /** Gives the call up before it was made. */
    void drop() {
        drop(operation);
    }

    /** Runs the operation as far as libvips is not lazy. */
    VipsImage image() throws VipsException {
        long built = build();
        try (var arena = Arena.ofConfined()) {
            long value = value(arena, vips.imageType);
            vips.getProperty.call(built, LibVips.text(arena, "out"), value);
            long image = vips.valueGetObject.call(value);
            vips.ref.call(image);
            vips.valueUnset.call(value);
            return job.own(image);
        } finally {
            drop(built);
        }
    }

    /** Runs a search for an area; all of it where nothing was found. */
    Placement.Part area(Size whole) throws VipsException {
        long built = build();
        try {
            int width = number(built, "width");
            int height = number(built, "height");
            return width < 1 || height < 1
                    ? new Placement.Part(0, 0, whole)
                    : new Placement.Part(
                            number(built, "left"), number(built, "top"), new Size(width, height));
        } finally {
            drop(built);
        }
    }

    private int number(long built, String output) {
        try (var arena = Arena.ofConfined()) {
            long value = value(arena, G_TYPE_INT);
            vips.getProperty.call(built, LibVips.text(arena, output), value);
            // Behind the type, the first word of data.
            return LibVips.memory(value + Long.BYTES, Integer.BYTES).get(ValueLayout.JAVA_INT, 0);
        }
    }

    /** Runs a saver and copies what it wrote out of the library's memory. */
    byte[] bytes() throws VipsException {
        long built = build();
        try (var arena = Arena.ofConfined()) {
            long value = value(arena, vips.blobType);
            vips.getProperty.call(built, LibVips.text(arena, "buffer"), value);
            var length = arena.allocate(ValueLayout.JAVA_LONG);
            long data = vips.blobGet.call(vips.valueGetBoxed.call(value), length.address());
            byte[] bytes =
                    LibVips.memory(data, length.get(ValueLayout.JAVA_LONG, 0))
                            .toArray(ValueLayout.JAVA_BYTE);
            vips.valueUnset.call(value);
            return bytes;
        } finally {
            drop(built);
        }
    }

    private long build() throws VipsException {
        var pointer = job.arena().allocateFrom(ValueLayout.JAVA_LONG, operation);
        if ((int) vips.build.call(pointer.address()) != 0) {
            throw failed();
        }
        return pointer.get(ValueLayout.JAVA_LONG, 0);
    }

    private long value(Arena arena, long type) {
        return vips.valueInit.call(arena.allocate(GVALUE_BYTES, Long.BYTES).address(), type);
    }

    private VipsException failed() {
        drop(operation);
        return job.failure();
    }

    private void drop(long built) {
        vips.unrefOutputs.call(built);
        vips.unref.call(built);
    }
}
