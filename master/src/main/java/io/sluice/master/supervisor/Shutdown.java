package io.sluice.master.supervisor;

import io.sluice.master.child.Running;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Ends the children role by role, the last started role first: the edge finishes its requests while
 * there are processors, they finish their jobs while there is a cache. What is left when the time
 * is up is killed, with all that it has started. Runs on the supervisor's loop.
 */
final class Shutdown {
    private final List<Child> children;
    private final Loop loop;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Set<Child> asked = new HashSet<>();
    private final Set<ProcessHandle> descendants = new HashSet<>();
    private boolean begun;
    private boolean together;

    Shutdown(List<Child> children, Loop loop) {
        this.children = children;
        this.loop = loop;
    }

    boolean begun() {
        return begun;
    }

    CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Begins; a second call can only shorten the wait. */
    void begin(Duration patience) {
        begun = true;
        loop.after(patience, this::killAll);
        advance();
    }

    /** Begins without an order, also after an orderly beginning. */
    void beginNow(Duration patience) {
        together = true;
        begin(patience);
    }

    /** Asks the next children to end, or completes when there are none. */
    void advance() {
        List<Child> alive = children.stream().filter(child -> child.running().isPresent()).toList();
        if (alive.isEmpty()) {
            finish();
            return;
        }
        String role = alive.getLast().program.role();
        alive.stream()
                .filter(child -> together || child.program.role().equals(role))
                .filter(asked::add)
                .forEach(child -> child.running().ifPresent(this::terminate));
    }

    private void terminate(Running running) {
        running.descendants().forEach(descendants::add);
        running.terminate();
    }

    private void killAll() {
        children.stream().map(Child::running).flatMap(Optional::stream).forEach(Running::kill);
    }

    private void finish() {
        // Workers end with their processor; one that hangs in native code can't.
        descendants.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.log.close());
        ended.complete(null);
    }
}
