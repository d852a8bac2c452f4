package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(Shared.class)
class SerializedBytesTest {
    private final Sluice sluice;

    SerializedBytesTest(Sluice sluice) {
        this.sluice = sluice;
    }

    /** What reads it as an object runs code of the sender's choice; the end suits line readers. */
    private record Gadget(String text) implements Serializable {}

    @Test
    @Timeout(120)
    void areRefusedAtEveryPortAndSocket() throws Exception {
        byte[] bytes = serialized();
        for (SocketAddress address : everyAddress()) {
            assertThat(answer(address, bytes))
                    .as("answer at %s", address)
                    .satisfiesAnyOf(
                            text -> assertThat(text).startsWith("HTTP/1.1 400"),
                            text -> assertThat(text).doesNotContain("HTTP/").hasSizeLessThan(200));
        }
        sluice.api().ready(TestFile.text(1000, 95), "text/plain");
        assertThat(sluice.status("edge").get("state").asString()).isEqualTo("ready");
    }

    private static byte[] serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Gadget("HTTP\r\n\r\n\r\n"));
        }
        return bytes.toByteArray();
    }

    private List<SocketAddress> everyAddress() throws Exception {
        List<SocketAddress> addresses = new ArrayList<>();
        for (JsonNode process : sluice.status().get("processes")) {
            process.get("ports")
                    .forEach(port ->
                            addresses.add(
                                    new InetSocketAddress(
                                            InetAddress.getLoopbackAddress(), port.asInt())));
        }
        try (Stream<Path> run = Files.list(sluice.data().resolve("run"))) {
            run.filter(path -> path.toString().endsWith(".sock"))
                    .map(UnixDomainSocketAddress::of)
                    .forEach(addresses::add);
        }
        assertThat(addresses).hasSizeGreaterThanOrEqualTo(6);
        return addresses;
    }

    /** All that comes until the other end closes. */
    private static String answer(SocketAddress address, byte[] bytes) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (SocketChannel channel = SocketChannel.open(address)) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.shutdownOutput();
            ByteBuffer part = ByteBuffer.allocate(4096);
            while (channel.read(part.clear()) >= 0) {
                answer.write(part.array(), 0, part.position());
            }
        } catch (SocketException e) {
            // Closed without a word about what it had not read.
            assertThat(e).hasMessageMatching(".*(reset|pipe).*");
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
