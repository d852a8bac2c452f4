package io.sluice.cache;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file being written for the cache. Somebody, also another process, writes the body into {@link
 * #file()} from {@link #bodyOffset()} on; {@link #commit()} puts it in place; {@link #close()}
 * without a commit deletes it. For one thread at a time.
 */
public final class Fill implements Closeable {
    private final Path file;
    private final EntryHeader draft;
    private final Room room;
    private final Entries entries;
    private boolean committed;

    Fill(Path file, EntryHeader draft, Room room, Entries entries) {
        this.file = file;
        this.draft = draft;
        this.room = room;
        this.entries = entries;
    }

    /** Where to write; readable only for this user, and there until {@link #close()}. */
    public Path file() {
        return file;
    }

    /** Where the body starts in the file, in bytes; the header will be written before it. */
    public long bodyOffset() {
        return draft.length();
    }

    /**
     * Writes the header, makes room, and renames the file to where {@link DiskCache#find} sees it.
     * Nothing is forced to the disk: a torn file is known by its checksums and made again.
     *
     * @throws CacheFullException if no room can be made: the file is still there, until the fill is
     *     closed, to be served without caching
     * @throws IOException if the file was deleted or can't be written; nothing is cached
     * @throws IllegalStateException if it is committed already
     */
    public void commit() throws IOException {
        if (committed) {
            throw new IllegalStateException("committed already: " + file);
        }
        EntryHeader header;
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            header = EntryFile.seal(channel, draft);
        }
        long size = Entries.sizeOnDisk(header.length() + header.bodyLength());
        room.reserve(size);
        entries.publish(file, KeyHash.of(header.key()), header.created(), size);
        committed = true;
    }

    @Override
    public void close() throws IOException {
        if (!committed) {
            Files.deleteIfExists(file);
        }
    }
}
