package io.sluice.worker.vips;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libvips and GObject that the engine needs, and the library's process-wide
 * switches. Pointers are plain longs; {@link VipsJob} owns what they point to. The error buffer is
 * one for the whole process, so only one thread may call.
 */
final class LibVips {
    /** Decoders that are fuzzed upstream and that an original may have; no other can be reached. */
    private static final List<String> LOADERS =
            List.of("Jpeg", "Png", "Webp", "Nsgif", "Tiff", "Heif");

    final NativeFunction operationNew;
    final NativeFunction setFromString;
    final NativeFunction build;
    final NativeFunction unrefOutputs;
    final NativeFunction unref;
    final NativeFunction ref;
    final NativeFunction setProperty;
    final NativeFunction getProperty;
    final NativeFunction valueInit;
    final NativeFunction valueSetObject;
    final NativeFunction valueGetObject;
    final NativeFunction valueGetBoxed;
    final NativeFunction valueUnset;
    final NativeFunction blobGet;
    final NativeFunction copyMemory;
    final NativeFunction fromMemory;
    final NativeFunction toMemory;
    final NativeFunction free;
    final NativeFunction width;
    final NativeFunction height;
    final NativeFunction bands;
    final NativeFunction interpretation;
    final NativeFunction hasAlpha;
    final NativeFunction orientation;
    final NativeFunction typeOfField;
    final NativeFunction fields;
    final NativeFunction freeStrings;
    final NativeFunction removeField;
    final long imageType;
    final long blobType;
    private final NativeFunction errorBuffer;
    private final NativeFunction errorClear;
    private final @Nullable NativeFunction trim = trimmer();
    private final String version;

    /**
     * Loads and starts the library of that path or soname.
     *
     * @throws IllegalArgumentException if it can't be loaded
     * @throws UnsatisfiedLinkError if it is too old to have all functions, or won't start
     */
    @SuppressWarnings("restricted") // the operator chose the library
    static LibVips load(String library) {
        return new LibVips(SymbolLookup.libraryLookup(library, Arena.global()));
    }

    private LibVips(SymbolLookup library) {
        errorBuffer = new NativeFunction(library, "vips_error_buffer", 0);
        errorClear = new NativeFunction(library, "vips_error_clear", 0);
        operationNew = new NativeFunction(library, "vips_operation_new", 1);
        setFromString = new NativeFunction(library, "vips_object_set_argument_from_string", 3);
        build = new NativeFunction(library, "vips_cache_operation_buildp", 1);
        unrefOutputs = new NativeFunction(library, "vips_object_unref_outputs", 1);
        unref = new NativeFunction(library, "g_object_unref", 1);
        ref = new NativeFunction(library, "g_object_ref", 1);
        setProperty = new NativeFunction(library, "g_object_set_property", 3);
        getProperty = new NativeFunction(library, "g_object_get_property", 3);
        valueInit = new NativeFunction(library, "g_value_init", 2);
        valueSetObject = new NativeFunction(library, "g_value_set_object", 2);
        valueGetObject = new NativeFunction(library, "g_value_get_object", 1);
        valueGetBoxed = new NativeFunction(library, "g_value_get_boxed", 1);
        valueUnset = new NativeFunction(library, "g_value_unset", 1);
        blobGet = new NativeFunction(library, "vips_blob_get", 2);
        copyMemory = new NativeFunction(library, "vips_image_copy_memory", 1);
        fromMemory = new NativeFunction(library, "vips_image_new_from_memory_copy", 6);
        toMemory = new NativeFunction(library, "vips_image_write_to_memory", 2);
        free = new NativeFunction(library, "g_free", 1);
        width = new NativeFunction(library, "vips_image_get_width", 1);
        height = new NativeFunction(library, "vips_image_get_height", 1);
        bands = new NativeFunction(library, "vips_image_get_bands", 1);
        interpretation = new NativeFunction(library, "vips_image_get_interpretation", 1);
        hasAlpha = new NativeFunction(library, "vips_image_hasalpha", 1);
        orientation = new NativeFunction(library, "vips_image_get_orientation", 1);
        typeOfField = new NativeFunction(library, "vips_image_get_typeof", 2);
        fields = new NativeFunction(library, "vips_image_get_fields", 1);
        freeStrings = new NativeFunction(library, "g_strfreev", 1);
        removeField = new NativeFunction(library, "vips_image_remove", 2);
        start(library);
        imageType = new NativeFunction(library, "vips_image_get_type", 0).call();
        blobType = new NativeFunction(library, "vips_blob_get_type", 0).call();
        version = string(new NativeFunction(library, "vips_version_string", 0).call());
    }

    private void start(SymbolLookup library) {
        try (var arena = Arena.ofConfined()) {
            if ((int) new NativeFunction(library, "vips_init", 1).call(text(arena, "sluice"))
                    != 0) {
                throw new UnsatisfiedLinkError("vips_init failed: " + takeError());
            }
            // One image at a time in each process: more threads would only add memory.
            new NativeFunction(library, "vips_concurrency_set", 1).call(1);
            new NativeFunction(library, "vips_cache_set_max", 1).call(0);
            new NativeFunction(library, "vips_block_untrusted_set", 1).call(1);
            var block = new NativeFunction(library, "vips_operation_block_set", 2);
            block.call(text(arena, "VipsForeignLoad"), 1);
            for (String loader : LOADERS) {
                block.call(text(arena, "VipsForeignLoad" + loader), 0);
            }
        }
    }

    /**
     * Gives freed memory back to the system. glibc keeps it in the heap of each of libvips'
     * short-lived threads otherwise, and the process grows to twice its size. Other C libraries
     * have no such call and no such need.
     */
    void trim() {
        if (trim != null) {
            trim.call(0);
        }
    }

    private static @Nullable NativeFunction trimmer() {
        SymbolLookup standard = Linker.nativeLinker().defaultLookup();
        return standard.find("malloc_trim").isPresent()
                ? new NativeFunction(standard, "malloc_trim", 1)
                : null;
    }

    /** As {@code 8.18.7}; distributions append a date to it, which is dropped. */
    String version() {
        return version.split("[^0-9.]", 2)[0];
    }

    /** What libvips has to say about the last failure, on one line; forgets it. */
    String takeError() {
        String error = string(errorBuffer.call()).strip().replace('\n', ';');
        errorClear.call();
        return error.isEmpty() ? "libvips gives no reason" : error;
    }

    /** Forgets messages of an earlier job, which would name the wrong file. */
    void forgetErrors() {
        errorClear.call();
    }

    /** A C string that lives as long as the arena. */
    static long text(Arena arena, String text) {
        return arena.allocateFrom(text).address();
    }

    /** The C string at that address. */
    static String string(long address) {
        return memory(address, Long.MAX_VALUE).getString(0);
    }

    /** Native memory that libvips owns: valid only as long as its owner is referenced. */
    @SuppressWarnings("restricted") // the library itself says how long it is
    static MemorySegment memory(long address, long length) {
        return MemorySegment.ofAddress(address).reinterpret(length);
    }
}
