package io.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsCheckTest {
    @TempDir Path directory;

    @Nested
    class GoodSettings {
        @Test
        void printNothingAndExitWithZero() {
            assertThat(check("--sluice.sample.threads=3")).isEqualTo(new Answer(0, List.of()));
        }

        @Test
        void areReadFromTheUsersFile() throws IOException {
            Path file =
                    Files.writeString(
                            directory.resolve("sluice.yaml"),
                            "sluice:\n  sample:\n    threads: none\n");

            assertThat(check("--spring.config.additional-location=file:" + file).lines())
                    .singleElement()
                    .asString()
                    .startsWith("sluice.sample.threads = none: ");
        }

        @Test
        void comeWithTheirPrefixesForTheMaster() {
            assertThat(check("--sluice.check=prefixes").lines())
                    .contains("knows sluice.data", "knows sluice.sample");
        }
    }

    @Nested
    class BadSettings {
        @Test
        void areReportedAllAtOnce() {
            Answer answer =
                    check(
                            "--sluice.sample.threads=many",
                            "--sluice.sample.patience=soon",
                            "--sluice.sample.mode=brave",
                            "--sluice.sample.treads=4");

            assertThat(answer.exitCode()).isOne();
            assertThat(answer.lines())
                    .hasSize(4)
                    .anySatisfy(line -> assertThat(line).startsWith("sluice.sample.threads = many"))
                    .anySatisfy(
                            line -> assertThat(line).startsWith("sluice.sample.patience = soon: "))
                    .contains(
                            "sluice.sample.mode = brave: not one of [fast, safe]",
                            "sluice.sample.treads = 4: there is no such setting");
        }

        @Test
        void keepTheWordsOfTheRecordThatRefused() {
            assertThat(check("--sluice.sample.threads=0").lines())
                    .containsExactly("sluice.sample.threads = 0: use 1 or more");
        }

        @Test
        void includeThoseOfTheCacheWhichKnowsNoSpring() {
            assertThat(check("--sluice.cache.max-size=big", "--sluice.cache.min-fre=5%").lines())
                    .hasSize(2)
                    .anySatisfy(
                            line -> assertThat(line).startsWith("sluice.cache.max-size = big: "))
                    .contains("sluice.cache.min-fre = 5%: there is no such setting");
        }

        @Test
        void includeAFileThatIsNoYaml() throws IOException {
            Path file = Files.writeString(directory.resolve("sluice.yaml"), "sluice: [");

            Answer answer = check("--spring.config.additional-location=file:" + file);

            assertThat(answer.exitCode()).isOne();
            assertThat(answer.lines()).hasSize(1);
        }

        @Test
        void includeAKeyOfTheEdgeThatIsNone() throws IOException {
            Path broken = Files.writeString(directory.resolve("broken.pem"), "no key");

            Answer answer =
                    checkOf(
                            "edge",
                            "--sluice.edge.tls.bundle=site",
                            "--spring.ssl.bundle.pem.site.keystore.certificate=" + broken,
                            "--spring.ssl.bundle.pem.site.keystore.private-key=" + broken);

            assertThat(answer.lines())
                    .filteredOn(line ->
                            line.startsWith("sluice.edge.tls.bundle = site: can't be used: "))
                    .hasSize(1);
        }

        @Test
        void includeAFileThatIsNotThere() {
            Answer answer =
                    check("--spring.config.additional-location=file:" + directory + "/no.yaml");

            assertThat(answer.exitCode()).isOne();
            assertThat(answer.lines()).singleElement().asString().contains("no.yaml");
        }
    }

    private static Answer check(String... args) {
        return checkOf("sample", args);
    }

    private static Answer checkOf(String role, String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int exitCode = SettingsCheck.run(role, args, out);
        return new Answer(exitCode, bytes.toString(StandardCharsets.UTF_8).lines().toList());
    }

    record Answer(int exitCode, List<String> lines) {}
}
