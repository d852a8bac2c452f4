package io.sluice.channel.shm;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/** An end of the channel in a process of its own, which writes and reads until it is killed. */
public final class ShmChild {
    private static final int LARGE = 20_000;

    private ShmChild() {}

    static Process start(String role, Path directory) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx64m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                ShmChild.class.getName(),
                                role,
                                directory.toString()))
                .inheritIO()
                .start();
    }

    /** Is the processor or the edge of that directory. */
    public static void main(String[] args) throws InterruptedException {
        ShmEnds ends = new ShmEnds(Path.of(args[1]), Pings.patient());
        if (args[0].equals("processor")) {
            ends.receiver("child", 16).start(job -> job.complete(Jobs.large(LARGE)));
            new Semaphore(0).acquire();
        } else {
            dispatchForEver(ends.dispatcher());
        }
    }

    private static void dispatchForEver(Dispatcher dispatcher) throws InterruptedException {
        Semaphore mayHaveCredit = new Semaphore(0);
        dispatcher.onCredit(mayHaveCredit::release);
        while (true) {
            mayHaveCredit.acquire();
            mayHaveCredit.drainPermits();
            while (dispatcher.credit() > 0) {
                dispatcher.dispatch(Jobs.any()).subscribe(_ -> {}, _ -> {});
            }
        }
    }
}
