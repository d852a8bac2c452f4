package io.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The client program: a {@link Plan} comes in as JSON, a {@link Result} goes out. */
public final class LoadGenerator {
    private LoadGenerator() {}

    /**
     * Runs the plan on standard input.
     *
     * @throws IOException if the plan's files can't be used
     * @throws InterruptedException never: nobody interrupts the main thread
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        JsonMapper json = JsonMapper.shared();
        Plan plan = json.readValue(System.in, Plan.class);
        System.out.println(json.writeValueAsString(run(plan)));
    }

    /**
     * Runs a plan in this process.
     *
     * @throws IOException if the plan's files can't be used
     * @throws InterruptedException if the caller doesn't want to wait any more
     */
    public static Result run(Plan plan) throws IOException, InterruptedException {
        Requests requests = new Requests(plan);
        try (Bodies bodies = Bodies.of(plan)) {
            Run run = Run.begin(plan, requests, bodies);
            List<Client> clients =
                    Stream.generate(() -> new Client(run)).limit(plan.connections()).toList();
            List<Thread> threads = clients.stream().map(Thread::new).toList();
            long begin = System.nanoTime();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (plan.method() != Plan.Method.DELETE) {
                Files.write(
                        Path.of(plan.created()),
                        clients.stream().flatMap(client -> client.created().stream()).toList());
            }
            return result(plan, clients, seconds);
        }
    }

    private static Result result(Plan plan, List<Client> clients, double seconds) {
        Latencies all = new Latencies();
        clients.forEach(client -> all.addAll(client.latencies()));
        List<String> failures =
                clients.stream().flatMap(client -> client.failures().stream()).toList();
        return new Result(
                all.count(),
                failures.size(),
                failures.isEmpty() ? "" : failures.getFirst(),
                all.count() * plan.bodySize(),
                seconds,
                all.percentile(0.5),
                all.percentile(0.99));
    }
}
