package io.sluice.master.doctor;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The virus scanner's daemon. */
final class Clamd {
    private static final List<Path> SOCKETS =
            List.of(Path.of("/run/clamav/clamd.ctl"), Path.of("/run/clamd.scan/clamd.sock"));

    private Clamd() {}

    static Finding examine() {
        for (Path socket : SOCKETS) {
            if (Files.exists(socket)) {
                return ask(socket);
            }
        }
        return Finding.less(
                "clamd",
                "doesn't run: only EICAR and hash signatures are found; apt-get install clamav-daemon clamav-freshclam");
    }

    private static Finding ask(Path socket) {
        try (SocketChannel clamd = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            clamd.write(ByteBuffer.wrap("zVERSION\0".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(256);
            clamd.read(answer);
            String version =
                    new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
            return Finding.ok(
                    "clamd",
                    version.strip().replace("\0", "") + " at " + socket + ", used to scan");
        } catch (IOException e) {
            return Finding.less("clamd", "%s doesn't answer: %s".formatted(socket, e.getMessage()));
        }
    }
}
