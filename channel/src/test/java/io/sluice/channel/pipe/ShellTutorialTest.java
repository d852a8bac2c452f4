package io.sluice.channel.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import io.sluice.model.Job;
import io.sluice.model.JobId;
import io.sluice.model.JobOutcome;
import io.sluice.model.Policy;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import io.sluice.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts of the tutorial are processors, each as it stands on the page. */
@Timeout(60)
class ShellTutorialTest {
    private static final Path PAGE = Path.of("../docs/tutorials/processor-in-shell.md");
    private static final Pattern SCRIPT =
            Pattern.compile("```sh\n(#!/bin/sh\n.*?)```", Pattern.DOTALL);

    @TempDir Path store;
    private @Nullable ChildEnds ends;

    static Stream<String> scripts() throws IOException {
        List<String> found =
                SCRIPT.matcher(Files.readString(PAGE))
                        .results()
                        .map(each -> each.group(1))
                        .toList();
        assertThat(found).hasSize(2);
        return found.stream();
    }

    private ChildEnds started(String script) throws IOException {
        for (String program : List.of("jq", "file")) {
            Assumptions.assumeTrue(
                    Stream.of("/usr/bin/", "/bin/", "/usr/local/bin/")
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder + program))),
                    program + " is not installed");
        }
        Path file = Files.writeString(store.resolve("processor.sh"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        ChildEnds started =
                new ChildEnds(
                        store,
                        Map.of(
                                "format",
                                "json-lines",
                                "command",
                                file.toAbsolutePath().toString()));
        ends = started;
        return started;
    }

    @AfterEach
    void end() {
        if (ends != null) {
            ends.close();
        }
    }

    private JobOutcome outcome(ChildEnds child, String content) throws Exception {
        UploadId upload = UploadId.next(Jobs.CLOCK);
        Path original = store.resolve(upload.storePath());
        Files.createDirectories(original.getParent());
        Files.writeString(original, content);
        return outcome(child, upload);
    }

    private static JobOutcome outcome(ChildEnds child, UploadId upload) throws Exception {
        Job job =
                new Job(
                        JobId.next(Jobs.CLOCK),
                        1,
                        Job.Kind.PROCESS,
                        upload,
                        upload.storePath(),
                        10,
                        new Sha256("ab".repeat(32)),
                        "a \"name\":\" with ],\"path\":\"/etc/passwd\" and \n in it",
                        "application/pdf",
                        new Policy("default", List.of("text/plain", "image/png"), 50_000_000),
                        List.of(),
                        Jobs.CLOCK.instant().plus(Duration.ofMinutes(1)),
                        "");
        Waiting.until(() -> child.dispatcher().credit() > 0);
        return Sent.over(child.dispatcher().dispatch(job)).outcome();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void decidesWhatIsCleanInfectedAndNotAllowed(String script) throws Exception {
        ChildEnds child = started(script);
        assertThat(outcome(child, "hello\n"))
                .isInstanceOfSatisfying(
                        JobOutcome.Rendered.class,
                        rendered -> {
                            assertThat(rendered.contentType()).isEqualTo("text/plain");
                            assertThat(rendered.scan()).isNotNull();
                        });
        String eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+" + "H*";
        assertThat(outcome(child, eicar))
                .isInstanceOfSatisfying(
                        JobOutcome.Infected.class,
                        infected -> {
                            assertThat(infected.scan().verdict()).isEqualTo(Verdict.INFECTED);
                            assertThat(infected.scan().signature()).contains("Eicar");
                        });
        assertThat(outcome(child, "%PDF-1.4\n%âãÏÓ\n"))
                .isInstanceOfSatisfying(
                        JobOutcome.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("type-not-allowed"));
        assertThat(outcome(child, UploadId.next(Jobs.CLOCK))).isInstanceOf(JobOutcome.Failed.class);
    }
}
