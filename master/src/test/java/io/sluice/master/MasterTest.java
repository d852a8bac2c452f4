package io.sluice.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MasterTest {
    @TempDir Path directory;
    private Path home = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void installFakes() throws IOException {
        home = FakeHome.make(Files.createDirectory(directory.resolve("home")));
        data = directory.resolve("data");
    }

    private MasterProcess ready(String... more) throws IOException {
        MasterProcess master = MasterProcess.up(home, data, more);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(master.output()).contains("ready in "));
        return master;
    }

    @Nested
    class AStart {
        @Test
        void printsOneLineWhenAllAreReady() throws Exception {
            try (MasterProcess master = ready()) {
                assertThat(master.output())
                        .matches("ready in \\d+\\.\\d s {2}http://127\\.0\\.0\\.1:1004\\R");
                assertThat(master.processes().keySet())
                        .containsExactly("cache-manager", "edge", "processor");
            }
        }

        @Test
        void namesTheKeyFileWhenThereIsOne() throws Exception {
            Files.createDirectories(data.resolve("secrets"));
            Files.writeString(data.resolve("secrets/admin.key"), "secret");
            try (MasterProcess master = ready()) {
                assertThat(master.output()).contains("  key ").endsWith("secrets/admin.key\n");
            }
        }

        @Test
        void makesTheDataDirectoryForTheOwnerAlone() throws Exception {
            try (MasterProcess _ = ready()) {
                for (String name : List.of("spool", "store", "cache-temp", "run", "secrets")) {
                    assertThat(Files.getPosixFilePermissions(data.resolve(name)))
                            .isEqualTo(PosixFilePermissions.fromString("rwx------"));
                }
                assertThat(Files.getPosixFilePermissions(data.resolve("run/master.sock")))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }

        @Test
        void givesEachProcessItsSettingsAndNoSecretsOfTheShell() throws Exception {
            try (MasterProcess _ = ready("--port", "0", "--set", "sluice.processor.processes=2")) {
                assertThat(data.resolve("log/edge.log"))
                        .content()
                        .contains("--sluice.data=" + data)
                        .contains("--sluice.edge.port=0, --sluice.edge.management-port=0")
                        .contains("SLUICE_MASTER")
                        .doesNotContain("A_SECRET");
                assertThat(data.resolve("log/processor-2.log"))
                        .content()
                        .contains("--sluice.processor.name=2");
            }
        }

        @Test
        void isRefusedWhileAnotherMasterHasTheDirectory() throws Exception {
            try (MasterProcess first = ready();
                    MasterProcess second = MasterProcess.up(home, data)) {
                assertThat(second.exitCode()).isOne();
                assertThat(second.output())
                        .hasLineCount(1)
                        .contains("pid " + first.process().pid() + " runs on it already");
            }
        }

        @Test
        void endsWithTheLineOfAServiceThatCannotStart() throws Exception {
            try (MasterProcess master =
                    MasterProcess.up(home, data, "--set", "sluice.fake.processor=fail")) {
                assertThat(master.exitCode()).isOne();
                assertThat(master.output()).isEqualTo("sluice: sluice.fake = fail: as told\n");
            }
        }

        @Test
        void endsWithTheLastWordsOfAServiceThatCrashes() throws Exception {
            try (MasterProcess master =
                    MasterProcess.up(home, data, "--set", "sluice.fake.edge=crash")) {
                assertThat(master.exitCode()).isOne();
                assertThat(master.output())
                        .contains("edge ended with exit code 3 (out of luck); see ")
                        .hasLineCount(1);
            }
        }

        @Test
        void refusesAKeyThatNoServiceKnows() throws Exception {
            try (MasterProcess master =
                    MasterProcess.up(home, data, "--set", "sluice.edgy.port=1")) {
                assertThat(master.exitCode()).isOne();
                assertThat(master.output())
                        .isEqualTo("sluice: sluice.edgy.port = 1: there is no such setting\n");
            }
        }
    }

    @Nested
    class ARun {
        @Test
        void startsAProcessThatDiesAgain() throws Exception {
            try (MasterProcess master = ready()) {
                ProcessHandle first = master.child("processor");
                first.destroyForcibly();

                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> {
                            Map<?, ?> processor = master.process("processor");
                            assertThat(String.valueOf(processor.get("state"))).isEqualTo("ready");
                            assertThat(processor.get("restarts")).isEqualTo(1L);
                        });
                assertThat(master.child("processor").pid()).isNotEqualTo(first.pid());
                assertThat(master.output())
                        .contains("processor ended with exit code 137: started again in ")
                        .contains("processor is ready again");
            }
        }

        @Test
        void goesOnInNewLogFilesOnRequest() throws Exception {
            try (MasterProcess master = ready()) {
                Files.move(data.resolve("log/edge.log"), data.resolve("log/edge.log.1"));

                assertThat(master.run("reopen-logs").exitCode()).isZero();
                master.child("edge").destroyForcibly();

                await().untilAsserted(() ->
                        assertThat(data.resolve("log/edge.log"))
                                .content()
                                .contains("edge arguments"));
            }
        }

        @Test
        void tellsItsStateToPeopleAndPrograms() throws Exception {
            try (MasterProcess master = ready()) {
                assertThat(master.run("status").output())
                        .startsWith("ready, pid " + master.process().pid())
                        .contains("edge")
                        .contains("http 1004");
                assertThat(master.process("edge").get("role")).isEqualTo("edge");
            }
        }
    }

    @Nested
    class AnEnd {
        @Test
        void onSigtermDrainsEverythingAndExitsWithZero() throws Exception {
            try (MasterProcess master = ready()) {
                List<ProcessHandle> children = children(master);
                master.process().destroy();

                assertThat(master.exitCode()).isZero();
                assertThat(children).noneMatch(ProcessHandle::isAlive);
                assertThat(data.resolve("run/master.sock")).doesNotExist();
                assertThat(data.resolve("run/master.pid")).doesNotExist();
            }
        }

        @Test
        void byCommandIsOverWhenTheCommandReturns() throws Exception {
            try (MasterProcess master = ready()) {
                List<ProcessHandle> children = children(master);

                assertThat(master.run("stop").exitCode()).isZero();
                assertThat(master.process().waitFor(1, TimeUnit.SECONDS)).isTrue();
                assertThat(master.exitCode()).isZero();
                assertThat(children).noneMatch(ProcessHandle::isAlive);
                assertThat(master.run("status").exitCode()).isOne();
                assertThat(master.run("stop").output()).contains("nothing runs on " + data);
            }
        }

        @Test
        void killsWhatDoesNotListen() throws Exception {
            try (MasterProcess master =
                    ready(
                            "--set",
                            "sluice.fake.edge=deaf",
                            "--set",
                            "sluice.master.shutdown-timeout=1s")) {
                List<ProcessHandle> children = children(master);
                master.process().destroy();

                assertThat(master.exitCode()).isZero();
                assertThat(children).noneMatch(ProcessHandle::isAlive);
            }
        }

        @Test
        void ofAKilledMasterEndsItsChildrenAndLeavesNothingInTheWay() throws Exception {
            List<ProcessHandle> children;
            try (MasterProcess master = ready()) {
                children = children(master);
                master.process().destroyForcibly().waitFor();
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
            }
            try (MasterProcess next = ready()) {
                assertThat(next.processes()).hasSize(3);
            }
        }

        private List<ProcessHandle> children(MasterProcess master) throws Exception {
            return List.of(
                    master.child("edge"), master.child("processor"), master.child("cache-manager"));
        }
    }

    @Nested
    class ACheck {
        @Test
        void isGoodWhenEveryServiceSaysSo() throws Exception {
            assertThat(check())
                    .isEqualTo(new MasterProcess.Answer(0, "the configuration is good\n"));
            assertThat(data).doesNotExist();
        }

        @Test
        void printsTheErrorsOfAllServices() throws Exception {
            MasterProcess.Answer answer =
                    check("--set", "sluice.fake.edge=fail", "--set", "sluice.fake.processor=fail");

            assertThat(answer.exitCode()).isOne();
            assertThat(answer.output().lines())
                    .containsExactlyInAnyOrder(
                            "sluice.fake.edge = fail: as told",
                            "sluice.fake.processor = fail: as told");
        }

        @Test
        void findsKeysThatNobodyKnowsAndBadOnesOfTheMaster() throws Exception {
            assertThat(check("--set", "sluice.fakes.x=1").output())
                    .isEqualTo("sluice.fakes.x = 1: there is no such setting\n");
            assertThat(check("--set", "sluice.master.shutdown-timeout=long").output())
                    .startsWith("sluice.master.shutdown-timeout = long: not a duration");
        }

        private MasterProcess.Answer check(String... more) throws Exception {
            List<String> arguments = new ArrayList<>(List.of("check", "--data", data.toString()));
            arguments.addAll(List.of(more));
            return MasterProcess.command(home, arguments);
        }
    }
}
