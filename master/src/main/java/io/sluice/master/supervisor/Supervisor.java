package io.sluice.master.supervisor;

import io.sluice.master.child.Backoff;
import io.sluice.master.child.LogFile;
import io.sluice.master.child.Program;
import io.sluice.master.child.Running;
import io.sluice.master.config.MasterSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Keeps a fixed set of children alive. All state belongs to one thread, the loop: whatever happens
 * (a child ends, a child says something, somebody asks, a time has passed) is a task of it, so that
 * nothing needs a lock and no two things happen at once. Every public method may be called from
 * anywhere; none waits.
 */
public final class Supervisor {
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final Loop loop = new Loop();
    private final List<Child> children;
    private final MasterSettings settings;
    private final Consumer<String> console;
    private final CompletableFuture<Map<String, Object>> ready = new CompletableFuture<>();
    private final Set<String> knownPrefixes = new TreeSet<>();
    private final Shutdown shutdown;

    /**
     * A supervisor.
     *
     * @param programs what to run, in the order of their start
     * @param console takes a line for the operator
     */
    public Supervisor(List<Program> programs, MasterSettings settings, Consumer<String> console) {
        this.settings = settings;
        this.console = console;
        this.children = programs.stream().map(this::child).toList();
        this.shutdown = new Shutdown(children, loop);
    }

    private Child child(Program program) {
        return new Child(
                program,
                new LogFile(settings.data().log(program.name())),
                new Backoff(settings.stableAfter(), RandomGenerator.getDefault()));
    }

    /**
     * Starts all children; none waits for another.
     *
     * @return completes when all are ready, with the edge's ports; fails with a {@link
     *     StartFailure} when one can't start or the time is up
     */
    public CompletableFuture<Map<String, Object>> start() {
        loop.run(() -> children.forEach(this::launch));
        loop.after(settings.startTimeout(), this::startTimedOut);
        return ready.copy();
    }

    /**
     * Ends the children, the last started first, each after the one that may need it.
     *
     * @param patience how long all may take before the rest is killed
     * @return completes when nothing of them runs any more
     */
    public CompletableFuture<Void> stop(Duration patience) {
        loop.run(() -> shutdown.begin(patience));
        return ended();
    }

    /** Ends the children at once and together; those that don't end in time are killed. */
    public CompletableFuture<Void> stopNow(Duration patience) {
        loop.run(() -> shutdown.beginNow(patience));
        return ended();
    }

    /** Completes when a stop has ended everything. */
    public CompletableFuture<Void> ended() {
        return shutdown.ended();
    }

    /** The settings' prefixes that the ready children have said they check. */
    public CompletableFuture<Set<String>> knownPrefixes() {
        return loop.ask(() -> Set.copyOf(knownPrefixes));
    }

    /** Everything about the children, as {@code status --json} prints it. */
    public CompletableFuture<Map<String, Object>> status() {
        return loop.ask(this::report);
    }

    /** Makes each log go on in a new file of the same name. */
    public CompletableFuture<Boolean> reopenLogs() {
        return loop.ask(() -> {
            children.forEach(child -> child.log.reopen());
            return true;
        });
    }

    /** Takes what a child has said over its link. */
    public void heard(long pid, Map<String, Object> message) {
        loop.run(() ->
                children.stream()
                        .filter(child -> child.hasPid(pid))
                        .forEach(child -> heard(child, message)));
    }

    /** Takes note that a child has said everything. */
    public void linkEnded(long pid) {
        loop.run(() ->
                children.stream()
                        .filter(child -> child.hasPid(pid))
                        .forEach(child -> child.linkEnd.complete(child.program.name())));
    }

    private void heard(Child child, Map<String, Object> message) {
        switch (String.valueOf(message.get("notify"))) {
            case "ready" -> becameReady(child, message);
            case "unready" -> {
                child.state = ChildState.UNREADY;
                if (!shutdown.begun()) {
                    say(child, "takes no traffic: " + message.get("reason"));
                }
            }
            case "failed" -> child.failure = String.valueOf(message.get("message"));
            default -> {
                // "starting" only ties the link to its process; later versions may say more.
            }
        }
    }

    private void becameReady(Child child, Map<String, Object> message) {
        if (message.get("ports") instanceof Map<?, ?> ports) {
            Map<String, Object> named = new LinkedHashMap<>();
            ports.forEach((name, port) -> named.put(String.valueOf(name), port));
            child.ports = named;
        }
        if (message.get("knows") instanceof List<?> prefixes) {
            prefixes.forEach(prefix -> knownPrefixes.add(String.valueOf(prefix)));
        }
        if (child.everReady && child.state != ChildState.READY) {
            say(child, "is ready again");
        }
        child.state = ChildState.READY;
        child.everReady = true;
        if (children.stream().allMatch(each -> each.state == ChildState.READY)) {
            ready.complete(edgePorts());
        }
    }

    private Map<String, Object> edgePorts() {
        return children.stream()
                .filter(child -> child.program.role().equals("edge"))
                .findFirst()
                .map(child -> child.ports)
                .orElse(Map.of());
    }

    private void launch(Child child) {
        if (shutdown.begun()) {
            return;
        }
        try {
            Running running = Running.start(child.program, child.log);
            child.started(running);
            loop.when(exit(child, running), exit -> ended(child, exit));
        } catch (IOException e) {
            child.failure = "can't be run: " + e.getMessage();
            ended(child, new Running.Exit(-1, ""));
        }
    }

    /** What a process said before its end may still be on its way through its link. */
    private static CompletableFuture<Running.Exit> exit(Child child, Running running) {
        return running.exit()
                .thenCombine(
                        running.process()
                                .onExit()
                                .thenCompose(_ ->
                                        child.linkEnd.completeOnTimeout(
                                                child.program.name(),
                                                LAST_WORDS.toMillis(),
                                                TimeUnit.MILLISECONDS)),
                        (exit, _) -> exit);
    }

    private void ended(Child child, Running.Exit exit) {
        Duration run = child.runFor();
        boolean wasReady = child.everReady;
        String failure = child.failure;
        child.ended();
        if (shutdown.begun()) {
            shutdown.advance();
            return;
        }
        String cause = failure == null ? "ended with exit code " + exit.code() : failure;
        if (!ready.isDone() && !wasReady) {
            failStart(
                    failure == null
                            ? child.program.name() + " " + cause + lastWords(child, exit)
                            : failure);
            return;
        }
        Duration wait = child.backoff.next(run);
        child.state = ChildState.BACKOFF;
        child.restarts++;
        say(child, "%s: started again in %d ms".formatted(cause, wait.toMillis()));
        loop.after(wait, () -> launch(child));
    }

    private static String lastWords(Child child, Running.Exit exit) {
        String said = exit.lastLine().isEmpty() ? "" : " (" + exit.lastLine() + ")";
        return said + "; see " + child.log.path();
    }

    private void startTimedOut() {
        List<String> late =
                children.stream()
                        .filter(child -> child.state != ChildState.READY)
                        .map(child ->
                                "%s isn't ready after %d s; see %s"
                                        .formatted(
                                                child.program.name(),
                                                settings.startTimeout().toSeconds(),
                                                child.log.path()))
                        .toList();
        if (!ready.isDone()) {
            ready.completeExceptionally(new StartFailure(late));
        }
    }

    private void failStart(String line) {
        ready.completeExceptionally(new StartFailure(List.of(line)));
    }

    private Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("state", shutdown.begun() ? "stopping" : state());
        report.put("pid", ProcessHandle.current().pid());
        report.put("data", settings.data().root().toString());
        report.put("processes", children.stream().map(Child::report).toList());
        return report;
    }

    private String state() {
        if (children.stream().allMatch(child -> child.state == ChildState.READY)) {
            return "ready";
        }
        return ready.isDone() ? "degraded" : "starting";
    }

    private void say(Child child, String text) {
        console.accept(child.program.name() + " " + text);
    }
}
