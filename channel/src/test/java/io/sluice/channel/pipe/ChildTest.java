package io.sluice.channel.pipe;

import static io.sluice.channel.pipe.ChildEnds.DEFER;
import static io.sluice.channel.pipe.ChildEnds.DONE;
import static io.sluice.channel.pipe.ChildEnds.EACH_JOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.contract.EventLoopGuard;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Settings;
import io.sluice.channel.contract.Waiting;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processors that the edge starts, and what they may do wrong. */
@Timeout(60)
class ChildTest {
    /** By a shell, which sets some itself. */
    private static final List<String> SEEN =
            List.of(
                    "_",
                    "HOME",
                    "LANG",
                    "LC_ALL",
                    "OLDPWD",
                    "PATH",
                    "PWD",
                    "SHLVL",
                    "SLUICE_FORMAT",
                    "SLUICE_STORE",
                    "TMPDIR",
                    "TZ");

    @TempDir Path store;
    private final List<ChildEnds> made = new ArrayList<>();

    @BeforeAll
    static void watchTheEventLoops() {
        EventLoopGuard.install();
    }

    @AfterEach
    void end() {
        made.forEach(ChildEnds::close);
    }

    private ChildEnds keep(ChildEnds ends) {
        made.add(ends);
        return ends;
    }

    private ChildEnds started(String script, String... more) {
        ChildEnds ends = keep(ChildEnds.shell(store, script, more));
        Waiting.until(() -> ends.dispatcher().credit() > 0);
        return ends;
    }

    private List<Long> pids() throws IOException {
        Path file = store.resolve("pids");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                : List.of();
    }

    private void ended(long pid) {
        Waiting.until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Nested
    class AChild {
        @Test
        void answersOneLineForEachJob() throws Exception {
            ChildEnds ends = started(EACH_JOB + DEFER + "\"$path\"" + DONE);
            for (int i = 0; i < 5; i++) {
                Job job = Jobs.any();
                Waiting.until(() -> ends.dispatcher().credit() == 1);
                assertThat(Sent.over(ends.dispatcher().dispatch(job)).outcome())
                        .isEqualTo(ChildEnds.deferred(job.path()));
            }
        }

        @Test
        void hasAsManyJobsAsItHasSlots() throws Exception {
            String twoAtOnce = "read -r a; read -r b; echo \"$b\"; echo \"$a\"";
            String swap = twoAtOnce.replace("echo", "answer") + "; cat >/dev/null";
            ChildEnds ends = started(answer() + swap, "slots", "2");
            assertThat(ends.dispatcher().credit()).isEqualTo(2);
            Sent first = ends.dispatch();
            Sent second = ends.dispatch();
            assertThat(second.outcome()).isEqualTo(ChildEnds.deferred("x"));
            assertThat(first.outcome()).isEqualTo(ChildEnds.deferred("x"));
        }

        private String answer() {
            return "answer() { printf '%s\\n' \"$1\" | { "
                    + EACH_JOB
                    + DEFER
                    + "x"
                    + DONE
                    + "}; }\n";
        }

        @Test
        void tellsItsSteps() throws Exception {
            ChildEnds ends =
                    started(
                            EACH_JOB
                                    + "printf '{\"id\":\"%s\",\"attempt\":%s,\"progress\":\"scan\"}\\n'"
                                    + " \"$id\" \"$attempt\"\n"
                                    + DEFER
                                    + "x"
                                    + DONE);
            List<String> steps = Collections.synchronizedList(new ArrayList<>());
            Sent.over(ends.dispatcher().dispatch(Jobs.any(), steps::add)).outcome();
            assertThat(steps).containsExactly("scan");
        }

        @Test
        void runsInTheStoreAndSeesNothingOfTheEdgesSecrets() throws Exception {
            String tell = DEFER + "\"$(pwd -P) $(env | cut -d= -f1 | xargs)\"";
            ChildEnds ends = started(EACH_JOB + tell + DONE);
            String directory = store.toRealPath().toString();
            JobOutcome.Deferred told = (JobOutcome.Deferred) ends.dispatch().outcome();
            assertThat(told.reason().split(" "))
                    .startsWith(directory)
                    .isSubsetOf(Stream.concat(Stream.of(directory), SEEN.stream()).toList());
        }

        @Test
        void mayBeACommandLine() throws Exception {
            Files.writeString(store.resolve("my processor.sh"), EACH_JOB + DEFER + "$1" + DONE);
            ChildEnds ends =
                    keep(
                            new ChildEnds(
                                    store,
                                    Map.of(
                                            "format", "json-lines",
                                            "command", "sh 'my processor.sh' argument")));
            Waiting.until(() -> ends.dispatcher().credit() > 0);
            assertThat(ends.dispatch().outcome()).isEqualTo(ChildEnds.deferred("argument"));
        }

        @Test
        void isOneOfAsManyAsAreAskedFor() {
            ChildEnds ends = keep(ChildEnds.shell(store, EACH_JOB + DONE, "processes", "3"));
            Waiting.until(() -> ends.dispatcher().processors() == 3);
        }
    }

    @Nested
    class AChildThatEnds {
        @Test
        void givesItsJobsBackAndIsStartedAgain() throws Exception {
            ChildEnds ends = started("echo $$ >> pids; read -r job; exit 3");
            assertThat(ends.dispatch().returned()).isEqualTo(Reason.PROCESSOR_LOST);
            Waiting.until(() -> pids().size() == 2);
        }

        @Test
        void hasItsLastAnswerHeard() throws Exception {
            ChildEnds ends = started(EACH_JOB + DEFER + "bye; exit 0" + DONE);
            assertThat(ends.dispatch().outcome()).isEqualTo(ChildEnds.deferred("bye"));
        }

        @Test
        void isNoticedEvenWhenItsOwnChildHoldsItsStreams() throws Exception {
            ChildEnds ends = started("sleep 1000 & echo $! >> pids; read -r job; kill -9 $$");
            assertThat(ends.dispatch().returned()).isEqualTo(Reason.PROCESSOR_LOST);
            ProcessHandle.of(pids().getFirst()).ifPresent(ProcessHandle::destroyForcibly);
        }

        @Test
        void becauseItIsNoProgramIsNoProcessor() {
            ChildEnds ends =
                    keep(new ChildEnds(store, Map.of("command", "./there-is-no-such-program")));
            Waiting.until(() -> ends.counted("bytes") >= 0);
            assertThat(ends.dispatcher().credit()).isZero();
        }
    }

    @Nested
    class AChildThatHangs {
        @Test
        void losesItsJobAtTheDeadlineAndIsReplaced() throws Exception {
            ChildEnds ends =
                    started(
                            "echo $$ >> pids; read -r job; while :; do sleep 1; done",
                            "stop-timeout",
                            "100ms");
            Sent sent = Sent.over(ends.dispatcher().dispatch(Jobs.dueIn(Duration.ofMillis(50))));
            assertThat(sent.returned()).isEqualTo(Reason.DEADLINE);
            Waiting.until(() -> pids().size() == 2);
            ended(pids().getFirst());
            Waiting.until(() -> ends.dispatcher().credit() == 1);
        }

        @Test
        void mayAnswerALittleLate() throws Exception {
            ChildEnds ends =
                    started(
                            "echo $$ >> pids\n"
                                    + EACH_JOB
                                    + "until [ -e go ]; do sleep 0.1; done;"
                                    + DEFER
                                    + "x"
                                    + DONE,
                            "stop-timeout",
                            "1m");
            Sent sent = Sent.over(ends.dispatcher().dispatch(Jobs.dueIn(Duration.ofMillis(50))));
            assertThat(sent.returned()).isEqualTo(Reason.DEADLINE);
            assertThat(ends.dispatcher().credit()).isZero();
            Files.createFile(store.resolve("go"));
            Waiting.until(() -> ends.dispatcher().credit() == 1);
            assertThat(ends.dispatch().outcome()).isEqualTo(ChildEnds.deferred("x"));
            assertThat(pids()).hasSize(1);
        }

        @Test
        void isKilledWhenTheEdgeStops() throws Exception {
            ChildEnds ends =
                    started(
                            "trap '' TERM; echo $$ >> pids; while :; do sleep 1; done",
                            "stop-timeout",
                            "100ms");
            Waiting.until(() -> !pids().isEmpty());
            ends.close();
            ended(pids().getFirst());
        }
    }

    @Nested
    class AnEdgeThatStops {
        @Test
        void endsItsChildrenByTheEndOfTheirInput() throws Exception {
            ChildEnds ends =
                    started(
                            "echo $$ >> pids; while read -r job; do :; done; echo end > ended",
                            "stop-timeout",
                            "20s");
            Waiting.until(() -> !pids().isEmpty());
            Sent sent = ends.dispatch();
            ends.close();
            assertThat(sent.returned()).isEqualTo(Reason.CLOSED);
            assertThat(store.resolve("ended")).exists();
            ended(pids().getFirst());
        }
    }

    @Test
    void aPoolOfConnectionsToOneChildIsRefused() {
        assertThatThrownBy(() ->
                        Settings.bind(
                                Pings.patient(),
                                Map.of(
                                        "connections",
                                        "2",
                                        "pipe.command",
                                        "x",
                                        "unix.directory",
                                        "x")))
                .rootCause()
                .hasMessageContaining("sluice.channel.pipe.processes");
    }
}
