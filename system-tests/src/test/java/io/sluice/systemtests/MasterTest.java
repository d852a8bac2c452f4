package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MasterTest {
    private static final List<String> ROLES = List.of("edge", "processor", "cache-manager");

    private Sluice sluice;

    @BeforeAll
    void start() throws Exception {
        sluice = Launch.fresh("master").start();
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
    }

    @Test
    void tellsInOneLineWhereItIsAndWhereTheKeyLies() throws Exception {
        List<String> ready =
                sluice.console().lines().stream()
                        .filter(line -> Sluice.READY.matcher(line).find())
                        .toList();
        assertThat(ready).hasSize(1);
        String key = Files.readString(sluice.adminKey()).strip();
        assertThat(ready.getFirst())
                .contains(sluice.base().toString())
                .contains("secrets/admin.key")
                .doesNotContain(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sluice.adminKey())))
                .isEqualTo("rw-------");
    }

    @Test
    void namesEachProcessInItsStatus() throws Exception {
        JsonNode status = sluice.status();
        assertThat(status.get("pid").asLong()).isEqualTo(sluice.process().pid());
        assertThat(status.get("processes"))
                .extracting(process -> process.get("role").asString())
                .containsExactlyInAnyOrderElementsOf(ROLES);
        for (JsonNode process : status.get("processes")) {
            String role = process.get("role").asString();
            assertThat(process.get("pid").asLong()).isEqualTo(sluice.process(role).pid());
            assertThat(process.get("uptime").asInt()).isNotNegative();
            assertThat(process.get("restarts").asInt()).isNotNegative();
            assertThat(process.get("ports").get("management").asInt()).isPositive();
        }
        assertThat(sluice.status("edge").get("ports").get("http").asInt())
                .isEqualTo(sluice.base().getPort());
        Command text = Command.run("status", "--data", sluice.data());
        assertThat(text.exit()).isZero();
        assertThat(text.text()).contains(ROLES);
    }

    @Test
    void refusesASecondMasterOnItsDataDirectory() throws Exception {
        Command second = Command.run("up", "--data", sluice.data(), "--port", Launch.freePort());
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.lines()).hasSize(1);
        assertThat(second.text()).contains("" + sluice.process().pid());
        sluice.api().get("/livez").isStatus(200);
    }

    @Test
    void saysInOneLineThatAPortIsInUse() throws Exception {
        Path data = Launch.fresh("port-in-use").data();
        Command second = Command.run("up", "--data", data, "--port", sluice.base().getPort());
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.lines()).hasSize(1);
        assertThat(second.text()).contains("" + sluice.base().getPort());
        assertThat(Processes.of(data)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge", "processor", "cache-manager"})
    void startsAKilledProcessAgain(String role) throws Exception {
        int before = sluice.status(role).get("restarts").asInt();
        long killed = sluice.kill(role);
        sluice.awaitReady(role, killed);
        assertThat(sluice.status(role).get("restarts").asInt()).isEqualTo(before + 1);
        try (Api api = new Api(sluice.base(), sluice.api().key())) {
            api.ready(TestFile.photo("after " + role), "image/jpeg");
        }
    }

    @Test
    void leavesNothingWhenItIsKilledAndStartsAgainUntilItIsStopped() throws Exception {
        Launch launch = Launch.fresh("killed");
        String id;
        byte[] photo = TestFile.photo("survivor");
        try (Sluice first = launch.start()) {
            id = first.api().ready(photo, "image/jpeg");
            first.remember();
            first.process().destroyForcibly();
            first.awaitNothingRuns();
        }
        try (Sluice second = launch.start()) {
            assertThat(second.api().content(id).isStatus(200).body()).isEqualTo(photo);
            expectStopped(second);
        }
    }

    private static void expectStopped(Sluice running) throws Exception {
        running.remember();
        Command stop = Command.run("stop", "--data", running.data());
        assertThat(stop.exit()).as(stop.text()).isZero();
        running.awaitExit();
        assertThat(Command.run("stop", "--data", running.data()).exit()).isEqualTo(1);
        assertThat(Command.run("status", "--data", running.data()).exit()).isEqualTo(1);
    }
}
