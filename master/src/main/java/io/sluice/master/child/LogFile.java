package io.sluice.master.child;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log that can be renamed away and opened anew between two lines. Any thread may call. A disk
 * that takes no more must not stop the process that logs: its lines are lost, and counted.
 */
public final class LogFile implements AutoCloseable {
    private final Path path;
    private @Nullable FileChannel channel;
    private boolean reopen;
    private boolean insideLine;
    private long lostBytes;

    /** Opens the log at its path's end. Where that fails, the next write tries again. */
    public LogFile(Path path) {
        this.path = path;
    }

    /** Where the log lies. */
    public Path path() {
        return path;
    }

    /** Appends bytes; a pending reopening takes place at the first line end among them. */
    public synchronized void write(byte[] bytes, int length) {
        int from = 0;
        if (reopen && insideLine) {
            from = lineEnd(bytes, length);
            append(bytes, 0, from);
        }
        if (reopen && !insideLine) {
            close();
            reopen = false;
        }
        append(bytes, from, length - from);
    }

    /** Appends a line. */
    public void line(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        write(bytes, bytes.length);
    }

    /** Makes the next line go to a new file of the same name. */
    public synchronized void reopen() {
        if (insideLine) {
            reopen = true;
        } else {
            close();
        }
    }

    /** How many bytes the disk refused since the last call. */
    public synchronized long takeLostBytes() {
        long lost = lostBytes;
        lostBytes = 0;
        return lost;
    }

    private void append(byte[] bytes, int from, int length) {
        if (length == 0) {
            return;
        }
        insideLine = bytes[from + length - 1] != '\n';
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        try {
            FileChannel open = channel == null ? open() : channel;
            channel = open;
            while (buffer.hasRemaining()) {
                open.write(buffer);
            }
        } catch (IOException e) {
            lostBytes += buffer.remaining();
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static int lineEnd(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return length;
    }

    @Override
    public synchronized void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Some file systems tell only now that they kept nothing; how much isn't known.
                lostBytes++;
            }
            channel = null;
        }
    }
}
