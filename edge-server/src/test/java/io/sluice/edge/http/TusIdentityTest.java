package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.database.Database;
import io.sluice.edge.http.Client.Answer;
import io.sluice.edge.quota.Quotas;
import io.sluice.edge.quota.Usage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keys, tokens and quotas mean to uploads that come in several requests. */
class TusIdentityTest {
    private static final String ALL = "[\"upload\",\"read\"]";

    @TempDir static Path directory;
    private static EdgeServer edge;
    private static Accounts accounts;

    @BeforeAll
    static void start() {
        edge = EdgeServer.start(directory, "sluice.tenants.small.max-bytes=1000");
        accounts = new Accounts(edge.client());
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static TusClient token(String limits) throws Exception {
        return new TusClient(accounts.withToken(limits));
    }

    @Nested
    class AToken {
        @Test
        void makesAnUploadAndLearnsHowItFares() throws Exception {
            TusClient browser = token("{}");
            String upload = browser.create(10, "a");
            browser.patch(upload, 0, "hello");

            assertThat(browser.offset(upload)).isEqualTo(5);
            assertThat(browser.patch(upload, 5, "world").status()).isEqualTo(204);
            assertThat(browser.ended(upload).status()).isEqualTo(200);
        }

        @Test
        void knowsNoUploadThatItHasNotMade() throws Exception {
            TusClient browser = token("{}");
            String upload = browser.create(10, "a");
            TusClient other = token("{}");

            assertThat(other.head(upload).status()).isEqualTo(404);
            assertThat(other.patch(upload, 0, "hello").status()).isEqualTo(404);
            assertThat(other.send("DELETE", upload, "").status()).isEqualTo(404);
            assertThat(browser.offset(upload)).isZero();
        }

        @Test
        void isGoodForItsUsesOnly() throws Exception {
            TusClient browser = token("{\"uses\":1}");
            assertThat(browser.create("Upload-Length", "5").status()).isEqualTo(201);
            assertThat(browser.create("Upload-Length", "5").code()).isEqualTo("token-used-up");
        }

        @Test
        void setsTheMostBytesWheneverTheLengthIsTold() throws Exception {
            TusClient browser = token("{\"maxSize\":5,\"uses\":9}");
            assertThat(browser.create("Upload-Length", "6").code()).isEqualTo("too-large");
            String later = browser.create("Upload-Defer-Length", "1").header("Location");
            assertThat(browser.patch(later, 0, "123456").code()).isEqualTo("too-large");
            assertThat(browser.patch(later, 0, "1", "Upload-Length", "6").code())
                    .isEqualTo("too-large");
            assertThat(browser.patch(later, 0, "12345", "Upload-Length", "5").status())
                    .isEqualTo(204);
        }

        @Test
        void setsTheMostBytesOfAllPartsTogether() throws Exception {
            TusClient browser = token("{\"maxSize\":5,\"uses\":9}");
            String part =
                    browser.create("Upload-Length", "3", "Upload-Concat", "partial")
                            .header("Location");
            browser.patch(part, 0, "abc");
            String both = "final;" + part + " " + part;
            assertThat(browser.create("Upload-Concat", both).code()).isEqualTo("too-large");
        }

        @Test
        void setsTheTypes() throws Exception {
            TusClient browser = token("{\"types\":[\"image/*\"]}");
            Answer refused =
                    browser.create(
                            "Upload-Length", "5", "Upload-Metadata", "filetype dGV4dC9wbGFpbg==");
            assertThat(refused.status()).isEqualTo(415);
        }

        @Test
        void endsAnUploadOfItsOwnOnlyWhileItIsUnfinished() throws Exception {
            TusClient browser = token("{\"uses\":9}");
            String unfinished = browser.create(5, "a");
            assertThat(browser.send("DELETE", unfinished, "").status()).isEqualTo(204);
            String whole = browser.create(5, "a");
            browser.patch(whole, 0, "hello");
            assertThat(browser.send("DELETE", whole, "").code()).isEqualTo("forbidden");
        }
    }

    @Nested
    class AQuota {
        private static Usage usage() {
            return edge.bean(Quotas.class).usage(edge.bean(Database.class), "small");
        }

        @Test
        void countsAnUploadOnceItIsWholeAndHasRoomForNoMore() throws Exception {
            TusClient tus = new TusClient(accounts.of("small", ALL));
            assertThat(tus.create("Upload-Length", "1001").code()).isEqualTo("too-large");
            String first = tus.create(600, "a");
            String second = tus.create(600, "b");
            String dropped = tus.create(600, "c");
            assertThat(usage()).isEqualTo(new Usage(0, 0));

            assertThat(tus.patch(first, 0, "x".repeat(600)).status()).isEqualTo(204);
            assertThat(usage()).isEqualTo(new Usage(600, 1));
            assertThat(tus.create("Upload-Length", "401").code()).isEqualTo("quota-used-up");
            assertThat(tus.patch(second, 0, "x".repeat(600)).code()).isEqualTo("quota-used-up");
            assertThat(tus.send("DELETE", dropped, "").status()).isEqualTo(204);
            assertThat(usage()).isEqualTo(new Usage(600, 1));

            assertThat(tus.send("DELETE", first, "").status()).isEqualTo(204);
            assertThat(tus.offset(second)).isEqualTo(600);
            assertThat(usage()).isEqualTo(new Usage(600, 1));
            assertThat(tus.send("DELETE", second, "").status()).isEqualTo(204);
            assertThat(usage()).isEqualTo(new Usage(0, 0));
        }
    }
}
