package io.sluice.benchmarks.channel;

import java.nio.file.Path;

/** Something that carries requests and replies between two Java processes. */
interface Carrier {

    /** The carrier of that name: a transport of ours, or a peer. */
    static Carrier of(String name) {
        return switch (name) {
            case "broker" -> new Broker();
            case "grpc" -> new Grpc();
            case "rsocket" -> new Rsocket();
            default -> SluiceCarrier.of(name);
        };
    }

    /** Connects to the responder, and returns once it can be asked. */
    Exchange exchange(Path directory) throws Exception;

    /** Answers until what it returns is run. */
    Runnable respond(Path directory) throws Exception;
}
