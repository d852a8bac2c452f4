package io.sluice.benchmarks.channel;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;

/** The asking process: what it is to do comes line by line, {@code OUTSTANDING SECONDS}. */
final class Requester {
    private Requester() {}

    /**
     * Connects, says {@code ready}, and plays.
     *
     * @param arguments the carrier's name and a directory that both processes have
     */
    public static void main(String[] arguments) throws Exception {
        try (Exchange exchange = Carrier.of(arguments[0]).exchange(Path.of(arguments[1]));
                BufferedReader commands =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Rally rally = new Rally(exchange);
            System.out.println("ready");
            String line = commands.readLine();
            while (line != null) {
                Scanner command = new Scanner(line);
                System.out.println(
                        rally.play(command.nextInt(), Double.parseDouble(command.next())));
                line = commands.readLine();
            }
        }
        // A peer's library may leave threads behind.
        System.exit(0);
    }
}
