package io.sluice.benchmarks.channel;

import io.sluice.benchmarks.measure.Processes;
import io.sluice.benchmarks.peer.Workplace;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The two processes of a contender, on one core, connected. */
final class Pair implements AutoCloseable {
    private static final int REST_SECONDS = 1;

    /** Of these many messages a profile shows no interpreted method any more. */
    private static final int WARM = 600_000;

    private static final int WARM_UP_OUTSTANDING = 64;
    private static final int MOST_WARM_UP_SECONDS = 30;

    private final Workplace place;
    private final Process responder;
    private final Process requester;
    private final BufferedReader answers;
    private final BufferedWriter commands;

    private Pair(Workplace place, Process responder, Process requester) {
        this.place = place;
        this.responder = responder;
        this.requester = requester;
        answers = requester.inputReader();
        commands = requester.outputWriter();
    }

    /**
     * Starts them.
     *
     * @throws IOException if one doesn't get ready; its words are in the workplace
     */
    static Pair start(Workplace place, Contender contender) throws IOException {
        Process responder =
                place.start(contender.name() + "-responder", contender.responder(place));
        awaitReady(contender, responder.inputReader());
        Process requester =
                place.start(contender.name() + "-requester", contender.requester(place));
        Pair pair = new Pair(place, responder, requester);
        awaitReady(contender, pair.answers);
        return pair;
    }

    private static void awaitReady(Contender contender, BufferedReader output) throws IOException {
        String line = output.readLine();
        if (!"ready".equals(line)) {
            throw new IOException(contender.name() + " doesn't start: " + line);
        }
    }

    /**
     * Plays until the compilers have seen enough, but no more than half a minute.
     *
     * @return messages that went
     */
    long warmUp() throws IOException {
        double messages = 0;
        for (int second = 0; second < MOST_WARM_UP_SECONDS && messages < WARM; second++) {
            messages += play(WARM_UP_OUTSTANDING, 1).rate();
        }
        return (long) messages;
    }

    /** One measurement. */
    Sample play(int outstanding, double seconds) throws IOException {
        double before = cpu();
        commands.write(String.format(Locale.ROOT, "%d %.1f%n", outstanding, seconds));
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the requester ended, see its .err file");
        }
        String[] fields = answer.split(" ", -1);
        double messages = Double.parseDouble(fields[2]);
        return new Sample(
                Double.parseDouble(fields[0]) / 1e3,
                Double.parseDouble(fields[1]) / 1e3,
                messages / Double.parseDouble(fields[3]),
                (cpu() - before) / messages * 1e6);
    }

    /** Share of a core that both use while nothing is asked, in percent. */
    double rest() throws IOException, InterruptedException {
        double before = cpu();
        if (requester.waitFor(REST_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the requester ended by itself, see its .err file");
        }
        return (cpu() - before) / REST_SECONDS * 100;
    }

    private double cpu() throws IOException {
        return Processes.cpuSeconds(List.of(responder.pid(), requester.pid()));
    }

    @Override
    public void close() throws IOException {
        try {
            place.stop(requester);
            place.stop(responder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
