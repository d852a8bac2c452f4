package io.sluice.master.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** The ports of a start without settings. */
final class Ports {
    private static final List<Map.Entry<Integer, String>> PORTS =
            List.of(
                    Map.entry(8080, "sluice.edge.port"),
                    Map.entry(9080, "sluice.edge.management-port"),
                    Map.entry(9081, "sluice.processor.management-port"),
                    Map.entry(9082, "sluice.cache-manager.management-port"));

    private Ports() {}

    static List<Finding> examine() {
        return PORTS.stream().map(port -> examine(port.getKey(), port.getValue())).toList();
    }

    static Finding examine(int port, String key) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Finding.ok("port", socket.getLocalPort() + " is free");
        } catch (IOException e) {
            return Finding.less(
                    "port", "%d is in use; choose another with --set %s=N".formatted(port, key));
        }
    }
}
