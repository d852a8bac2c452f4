package io.sluice.master.supervisor;

import io.sluice.master.json.JsonLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The Unix socket over which children report and commands ask; both speak JSON lines, and only the
 * owner can connect. A child's connection stays open: its end tells the child that the master died.
 * Each connection has a thread of its own.
 */
public final class MasterSocket implements AutoCloseable {
    /** More than any sane number of processes and commands; a flood waits in the backlog. */
    private static final int CONNECTIONS = 256;

    private final ServerSocketChannel server;
    private final Path path;
    private final Supervisor supervisor;
    private final Function<Map<String, Object>, Map<String, Object>> orders;
    private final Consumer<String> console;
    private final Semaphore room = new Semaphore(CONNECTIONS);

    private MasterSocket(
            ServerSocketChannel server,
            Path path,
            Supervisor supervisor,
            Function<Map<String, Object>, Map<String, Object>> orders,
            Consumer<String> console) {
        this.server = server;
        this.path = path;
        this.supervisor = supervisor;
        this.orders = orders;
        this.console = console;
    }

    /**
     * Listens. Whoever calls holds the master's lock, so a socket file that is there is a dead
     * master's.
     *
     * @param orders answers a command's order
     * @throws IOException if the socket can't be made
     */
    public static MasterSocket listen(
            Path path,
            Supervisor supervisor,
            Function<Map<String, Object>, Map<String, Object>> orders,
            Consumer<String> console)
            throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        MasterSocket socket = new MasterSocket(server, path, supervisor, orders, console);
        Thread.ofPlatform().daemon().name("master-socket").start(socket::acceptAll);
        return socket;
    }

    private void acceptAll() {
        try {
            while (true) {
                room.acquire();
                SocketChannel connection = server.accept();
                Thread.ofPlatform().daemon().name("link").start(() -> serve(connection));
            }
        } catch (ClosedChannelException e) {
            // The normal end: close() was called.
        } catch (IOException e) {
            console.accept("run/master.sock doesn't accept any more: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel connection) {
        long pid = -1;
        try (connection) {
            BufferedReader lines =
                    new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
            String line;
            while ((line = lines.readLine()) != null) {
                Map<String, Object> message = JsonLine.read(line);
                if (message.containsKey("command")) {
                    reply(connection, orders.apply(message));
                } else {
                    pid = message.get("pid") instanceof Long given ? given : pid;
                    supervisor.heard(pid, message);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            console.accept("run/master.sock: a connection broke: " + e.getMessage());
        } finally {
            supervisor.linkEnded(pid);
            room.release();
        }
    }

    private static void reply(SocketChannel connection, Map<String, Object> answer)
            throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap((JsonLine.write(answer) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
