package io.sluice.channel.contract;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A program that connects to a socket and prints how much it heard. Needs nothing but the JDK. */
public final class Stranger {
    private Stranger() {}

    /** Connects to the socket that is named. */
    public static void main(String[] args) throws IOException {
        int heard = 0;
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(args[0]))) {
            ByteBuffer bytes = ByteBuffer.allocate(1024);
            while (socket.read(bytes.clear()) > 0) {
                heard += bytes.position();
            }
        }
        System.out.print("refused after " + heard + " bytes");
    }
}
