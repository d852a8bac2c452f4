package io.sluice.processor.scan;

import io.sluice.processor.Lease;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks clamd's protocol (clamd(8)): a connection per command, commands in their z form, which end
 * with a zero byte as their answers do. Thread-safe.
 */
final class ClamdClient {
    private static final int CHUNK_BYTES = 64 * 1024;

    /** clamd answers this at once, however busy: one that doesn't, hangs. */
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(10);

    private static final Pattern VERSION = Pattern.compile("ClamAV (\\S{1,40}?)(?:/(\\d+)(/.*)?)?");

    private final Supplier<SocketAddress> address;
    private final Duration timeout;

    ClamdClient(Supplier<SocketAddress> address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /** Where the bytes of a stream come from. */
    @FunctionalInterface
    interface Source {
        /** Reads from a position until the target is full or the bytes end; 0 at the end. */
        int read(long position, ByteBuffer target) throws IOException;
    }

    /**
     * The engine and, where clamd tells it, its database: {@code clamd 1.4.6/27000}.
     *
     * @throws IOException if clamd isn't there or isn't clamd
     */
    String version(Lease lease) throws IOException {
        String reply = ask("zVERSION\0", lease, shorter(timeout, VERSION_TIMEOUT));
        Matcher version = VERSION.matcher(reply);
        if (!version.matches()) {
            throw new IOException("what answers at clamd's address is no clamd");
        }
        String database = version.group(2);
        return "clamd " + version.group(1) + (database == null ? "" : "/" + database);
    }

    /** Has clamd open and scan a path. */
    ClamdReply scanPath(Path path, Lease lease) throws IOException {
        return ClamdReply.parse(ask("zSCAN " + path + '\0', lease, timeout), path.toString());
    }

    private String ask(String command, Lease lease, Duration within) throws IOException {
        try (ClamdConnection connection = ClamdConnection.open(address.get(), lease, within)) {
            connection.send(ByteBuffer.wrap(command.getBytes(StandardCharsets.UTF_8)));
            return connection.reply();
        }
    }

    /** Sends the bytes to clamd to be scanned. An answer to less than all of them is no answer. */
    ClamdReply scanStream(Source source, Lease lease) throws IOException {
        try (ClamdConnection connection = ClamdConnection.open(address.get(), lease, timeout)) {
            boolean whole = stream(source, connection);
            ClamdReply reply = ClamdReply.parse(connection.reply(), "stream");
            return whole || !(reply instanceof ClamdReply.Ok)
                    ? reply
                    : new ClamdReply.Nonsense("OK before all bytes were sent");
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static boolean stream(Source source, ClamdConnection connection) throws IOException {
        if (!connection.send(ByteBuffer.wrap("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII)))) {
            return false;
        }
        ByteBuffer chunk = ByteBuffer.allocate(Integer.BYTES + CHUNK_BYTES);
        long position = 0;
        int length;
        do {
            chunk.clear().position(Integer.BYTES);
            length = source.read(position, chunk);
            position += length;
            // The chunk's length in network order; the chunk of length 0 ends the stream.
            chunk.putInt(0, length).flip();
            if (!connection.send(chunk)) {
                return false;
            }
        } while (length > 0);
        return true;
    }
}
