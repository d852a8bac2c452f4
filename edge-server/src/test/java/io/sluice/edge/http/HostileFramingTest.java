package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 10,000 hostile requests: each is refused once, or its connection just ends, and nothing of them
 * is left.
 */
class HostileFramingTest {
    private static final int REQUESTS = 10_000;
    private static final int CLIENTS = 4;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[^\r\n]*\r\n");

    @TempDir private static Path data;
    private static EdgeServer edge;
    private static ExecutorService clients;
    private static Footprint before;
    private static int count;

    @BeforeAll
    static void start() throws Exception {
        edge = EdgeServer.start(data, "sluice.upload.max-size=4MiB", "sluice.upload.max-files=10");
        clients = Executors.newFixedThreadPool(CLIENTS);
        List<Attack> attacks = attacks().toList();
        count = attacks.size();
        for (Attack attack : attacks) {
            answersTo(attack, new Random(count));
        }
        before = Footprint.of(edge);
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        try {
            clients.close();
            edge.awaitEmptySpool();
            before.awaitAgain(edge);
            assertThat(edge.client().upload("clean", "good").json().path("state").asString())
                    .isEqualTo("ready");
        } finally {
            edge.close();
        }
    }

    @AfterEach
    void noLoopWasBlocked() {
        assertThat(LoopGuard.takeBlocked()).isEmpty();
    }

    static Stream<Attack> attacks() {
        String key = edge.adminKey();
        return Stream.of(
                        new FramingAttacks(key).all(),
                        HeadAttacks.all(),
                        new FormAttacks(key).all())
                .flatMap(attacks -> attacks);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefusedOnce(Attack attack) throws Exception {
        List<Future<List<String>>> all = new ArrayList<>();
        for (int i = 0; i <= REQUESTS / count; i++) {
            Random random = new Random(i);
            all.add(clients.submit(() -> answersTo(attack, random)));
        }
        for (Future<List<String>> each : all) {
            List<String> statuses = each.get();
            assertThat(statuses).hasSizeLessThan(2).allMatch(status -> status.startsWith("4"));
        }
    }

    /** The statuses of all answers to one connection's bytes, which come in some pieces. */
    private static List<String> answersTo(Attack attack, Random random) throws Exception {
        try (RawClient raw = edge.connect()) {
            raw.sendInPieces(attack.bytes(random), random);
            Matcher status = STATUS.matcher(raw.readToEnd());
            List<String> statuses = new ArrayList<>();
            while (status.find()) {
                statuses.add(status.group(1));
            }
            return statuses;
        }
    }
}
