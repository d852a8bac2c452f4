package io.sluice.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One connection's share of a plan, on a thread of its own. */
final class Client implements Runnable {
    private static final int MOST_FAILURES = 20;

    private final Run run;
    private final Latencies latencies = new Latencies();
    private final List<String> created = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    Client(Run run) {
        this.run = run;
    }

    @Override
    public void run() {
        while (failures.size() < MOST_FAILURES && run.isOpen()) {
            try (Connection connection = new Connection(run.plan().port())) {
                use(connection);
            } catch (IOException e) {
                failures.add(String.valueOf(e));
            }
        }
    }

    private void use(Connection connection) throws IOException {
        boolean isOpen = true;
        for (int number = run.next(); isOpen && number >= 0; number = isOpen ? run.next() : -1) {
            long begin = System.nanoTime();
            Answer answer = exchange(connection, number);
            if (answer.isSuccess()) {
                latencies.add(System.nanoTime() - begin);
                created.add(run.requests().created(number, answer));
            } else {
                failures.add(String.valueOf(answer));
            }
            isOpen = !answer.isLast() && failures.size() < MOST_FAILURES;
        }
    }

    private Answer exchange(Connection connection, int number) throws IOException {
        Requests requests = run.requests();
        if (run.plan().method() != Plan.Method.TUS_PATCH) {
            return connection.exchange(requests.request(number), run.bodies(), number);
        }
        Answer created = connection.exchange(requests.emptyCreation(), new Bodies.None(), number);
        return created.isSuccess()
                ? connection.exchange(requests.patch(created), run.bodies(), number).of(created)
                : created;
    }

    Latencies latencies() {
        return latencies;
    }

    List<String> created() {
        return created;
    }

    List<String> failures() {
        return failures;
    }
}
