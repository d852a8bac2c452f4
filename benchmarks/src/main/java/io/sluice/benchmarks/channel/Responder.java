package io.sluice.benchmarks.channel;

import java.io.OutputStream;
import java.nio.file.Path;

/** The answering process: ends with its standard input. */
final class Responder {
    private Responder() {}

    /**
     * Listens, says {@code ready}, and answers.
     *
     * @param arguments the carrier's name and a directory that both processes have
     */
    public static void main(String[] arguments) throws Exception {
        Runnable stop = Carrier.of(arguments[0]).respond(Path.of(arguments[1]));
        System.out.println("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
        stop.run();
        System.exit(0);
    }
}
