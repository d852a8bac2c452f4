package io.sluice.cache;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The file behind the zone: a header of 4 KiB, then the places.
 *
 * <p>The start of the header says what the rest is: magic, layout version, places, the cache it
 * indexes, the boot of the machine, and a checksum of these. A file that says anything else is
 * replaced, never changed: a process that has the old one mapped keeps it. Opening and replacing
 * happens under a lock on a file beside it, which the kernel drops with its process.
 *
 * @param identity tells the zone of one cache directory and levels from that of another
 */
record ZoneFile(Path file, long places, long identity) {
    static final int HEADER = 4096;
    private static final long MAGIC = 0x534c_5549_4345_5a4fL;
    private static final long LAYOUT_VERSION = 1;
    private static final int PREAMBLE = 6 * Long.BYTES;
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Object IN_THIS_PROCESS = new Object();

    static ZoneFile of(CacheSettings settings) {
        return new ZoneFile(
                settings.zoneFile(),
                (settings.zoneSize().bytes() - HEADER) / Slot.BYTES,
                KeyHash.of(settings.directory() + " " + settings.levels()).high());
    }

    /** Maps the zone for as long as the arena is open; makes it, or makes it anew, if need be. */
    MemorySegment map(Arena arena) throws IOException {
        CacheDirectory.create(file.toAbsolutePath().getParent());
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        // A file lock keeps other processes out, not this one's other threads.
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel lockChannel =
                            FileChannel.open(lockFile, Set.of(CREATE, WRITE), OWNER_ONLY);
                    FileLock _ = lockChannel.lock()) {
                if (!isUsable()) {
                    rebuild();
                }
                try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
                    return channel.map(FileChannel.MapMode.READ_WRITE, 0, length(), arena);
                }
            }
        }
    }

    private long length() {
        return HEADER + places * Slot.BYTES;
    }

    private boolean isUsable() throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != length()) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, READ)) {
            ByteBuffer found = ByteBuffer.allocate(PREAMBLE);
            return channel.read(found, 0) == PREAMBLE
                    && Arrays.equals(found.array(), preamble().array());
        }
    }

    private void rebuild() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(fresh, Set.of(CREATE, TRUNCATE_EXISTING, WRITE), OWNER_ONLY)) {
            channel.write(preamble());
            // Every block is written: a hole that meets a full disk later would crash the process.
            ByteBuffer zeros = ByteBuffer.allocate(HEADER);
            long position = PREAMBLE;
            while (position < length()) {
                zeros.rewind().limit((int) Math.min(HEADER, length() - position));
                position += channel.write(zeros, position);
            }
        }
        Files.move(fresh, file, ATOMIC_MOVE);
    }

    /**
     * After another boot the pages on disk may be of different moments, so the boot is part of what
     * must match.
     */
    private ByteBuffer preamble() throws IOException {
        long boot = Files.isReadable(BOOT_ID) ? KeyHash.of(Files.readString(BOOT_ID)).high() : 0;
        ByteBuffer bytes = ByteBuffer.allocate(PREAMBLE);
        bytes.putLong(MAGIC)
                .putLong(LAYOUT_VERSION)
                .putLong(places)
                .putLong(identity)
                .putLong(boot);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, bytes.position());
        return bytes.putLong(crc.getValue()).flip();
    }
}
