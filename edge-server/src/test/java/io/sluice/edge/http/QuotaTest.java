package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.database.Database;
import io.sluice.edge.http.Client.Answer;
import io.sluice.edge.quota.Quotas;
import io.sluice.edge.quota.Usage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaTest {
    private static final String ALL = "[\"upload\",\"read\"]";

    @TempDir static Path directory;
    private static EdgeServer edge;
    private static Accounts accounts;

    @BeforeAll
    static void start() {
        edge =
                EdgeServer.start(
                        directory,
                        "sluice.tenants.bytes.max-bytes=1000",
                        "sluice.tenants.files.max-files=2",
                        "sluice.tenants.race.max-bytes=100",
                        "sluice.tenants.form.max-files=2");
        accounts = new Accounts(edge.client());
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static Answer chunked(Client client, int bytes) throws Exception {
        return client.post(
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes])));
    }

    private static Usage usage(String tenant) {
        return edge.bean(Quotas.class).usage(edge.bean(Database.class), tenant);
    }

    @Test
    void bytesAreCountedUntilTheyAreDeleted() throws Exception {
        Client client = accounts.of("bytes", ALL);
        assertThat(client.post("x".repeat(1001)).code()).isEqualTo("too-large");
        assertThat(chunked(client, 1001).code()).isEqualTo("too-large");
        String first = client.post("x".repeat(600)).header("Location");
        assertThat(usage("bytes")).isEqualTo(new Usage(600, 1));
        Answer second = client.post("x".repeat(401));
        assertThat(second.status()).isEqualTo(507);
        assertThat(second.code()).isEqualTo("quota-used-up");
        assertThat(second.json().path("detail").asString())
                .contains("sluice.tenants.bytes.max-bytes");
        assertThat(chunked(client, 401).code()).isEqualTo("quota-used-up");
        assertThat(client.post("x".repeat(400)).status()).isEqualTo(202);
        assertThat(client.delete(first).status()).isEqualTo(204);
        assertThat(usage("bytes")).isEqualTo(new Usage(400, 1));
        assertThat(chunked(client, 600).status()).isEqualTo(202);
        edge.awaitEmptySpool();
    }

    @Test
    void filesAreCountedUntilTheyAreDeleted() throws Exception {
        Client client = accounts.of("files", ALL);
        String first = client.post("1").header("Location");
        assertThat(client.post("2").status()).isEqualTo(202);
        assertThat(client.post("3").status()).isEqualTo(507);
        assertThat(client.delete(first).status()).isEqualTo(204);
        assertThat(client.delete(first).status()).isEqualTo(404);
        assertThat(client.post("3").status()).isEqualTo(202);
        assertThat(client.post("4").status()).isEqualTo(507);
    }

    @Test
    void noRaceLetsMoreInThanThereIsRoomFor() throws Exception {
        Client client = accounts.of("race", ALL);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var posts =
                    IntStream.range(0, 16)
                            .<Callable<Integer>>mapToObj(
                                    i -> () -> client.post("x".repeat(30)).status())
                            .toList();
            for (Future<Integer> answer : threads.invokeAll(posts)) {
                assertThat(answer.get()).isIn(202, 507);
            }
        }
        assertThat(usage("race").bytes()).isLessThanOrEqualTo(90);
        while (client.post("x".repeat(30)).status() == 202) {
            assertThat(usage("race").bytes()).isLessThanOrEqualTo(90);
        }
        assertThat(usage("race")).isEqualTo(new Usage(90, 3));
    }

    @Test
    void aFormThatHasNotRoomForAllItsFilesLeavesNone() throws Exception {
        Client client = accounts.of("form", ALL);
        String part =
                "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n";
        Answer answer =
                client.post(
                        part.repeat(3) + "--B--\r\n",
                        "Content-Type",
                        "multipart/form-data; boundary=B");
        assertThat(answer.code()).isEqualTo("quota-used-up");
        assertThat(client.get("/api/v1/uploads").json().path("uploads").size()).isZero();
        assertThat(usage("form")).isEqualTo(new Usage(0, 0));
        edge.awaitEmptySpool();
    }

    @Test
    void aTenantWithoutAQuotaIsCountedToo() throws Exception {
        accounts.of("free", ALL).post("1234");
        assertThat(usage("free")).isEqualTo(new Usage(4, 1));
    }
}
