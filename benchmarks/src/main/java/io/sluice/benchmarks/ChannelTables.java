package io.sluice.benchmarks;

import static io.sluice.benchmarks.Table.figure;

import io.sluice.benchmarks.channel.ChannelBenchmark;
import io.sluice.benchmarks.channel.ChannelBenchmark.Round;
import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.measure.Median;
import io.sluice.benchmarks.peer.Workplace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What {@code ./sluice bench channel} prints. */
record ChannelTables(Map<String, List<Round>> results) {

    static void run(Options options) throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Report.printHead(options.command("channel"), machine);
        try (Workplace place = new Workplace(Options.target(), "channel")) {
            Map<String, List<Round>> results =
                    new ChannelBenchmark(place, options.rounds(), options.only()).run();
            new ChannelTables(results).print();
            new Report("channel", options.command("channel"), machine, results).write();
        }
    }

    private void print() {
        Table table =
                new Table(
                        "two processes on one core, 300 bytes there and back",
                        "p50 us, 1",
                        "p99 us, 1",
                        "msg/s, 64",
                        "CPU us, 64",
                        "msg/s, 256",
                        "CPU us, 256",
                        "% at rest");
        for (String name : results.keySet()) {
            table.add(
                    name,
                    figure(median(name, round -> round.one().p50()), 1),
                    figure(median(name, round -> round.one().p99()), 1),
                    figure(median(name, round -> round.some().rate()), 0),
                    figure(median(name, round -> round.some().cpu()), 2),
                    figure(median(name, round -> round.many().rate()), 0),
                    figure(median(name, round -> round.many().cpu()), 2),
                    figure(median(name, Round::rest), 1));
        }
        System.out.println(table + "\n");
        printGoals();
    }

    private void printGoals() {
        ToDoubleFunction<Round> p50 = round -> round.one().p50();
        ToDoubleFunction<Round> rate = round -> round.some().rate();
        promise("unix p50, against C's", "unix", "C, unix", p50, 2);
        promise(
                "RSocket's messages a second, against unix's",
                "RSocket-Java, unix",
                "unix",
                rate,
                0.5);
        promise(
                "gRPC's messages a second, against unix's",
                "gRPC-Java stream, unix",
                "unix",
                rate,
                0.125);
        promise(
                "CPU of a message with TLS, against plain tcp's",
                "tcp with TLS",
                "tcp",
                round -> round.some().cpu(),
                1.5);
        promise("shm p50, against C's over a socket", "shm", "C, unix", p50, 1);
        promise("unix's messages a second, against shm's", "unix", "shm", rate, 1);
        if (results.containsKey("shm")) {
            Goal.print("shm at rest", median("shm", Round::rest), 0.5, "% of a core");
        }
    }

    /** Compares two contenders, if both were there. */
    private void promise(
            String what, String of, String to, ToDoubleFunction<Round> figure, double most) {
        if (results.containsKey(of) && results.containsKey(to)) {
            Goal.print(what, median(of, figure) / median(to, figure), most, "x");
        }
    }

    private double median(String name, ToDoubleFunction<Round> figure) {
        return Median.of(results.getOrDefault(name, List.of()), figure);
    }
}
