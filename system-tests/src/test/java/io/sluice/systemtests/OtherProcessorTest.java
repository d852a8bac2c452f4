package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Processors that are not ours, beside a Sluice that starts none. */
class OtherProcessorTest {
    private static final Path TUTORIAL = Path.of("../docs/tutorials/processor-in-shell.md");
    private static final Pattern SCRIPT =
            Pattern.compile("```sh\n(#!/bin/sh\n.*?)```", Pattern.DOTALL);

    @Test
    void inPythonDoesTheMainJobAndLosesNothingWhenItIsKilled() throws Exception {
        PythonProcessor.assumeAvailable();
        Launch launch = Launch.fresh("python").with("sluice.processor.processes", 0);
        try (Sluice sluice = launch.start()) {
            Map<String, byte[]> acknowledged;
            try (PythonProcessor python = PythonProcessor.start(sluice.data())) {
                doesTheMainJob(sluice, "python-hashes 1");
                expectRefused(sluice.api());
                acknowledged = killUnderLoad(sluice, python);
            }
            try (PythonProcessor again = PythonProcessor.start(sluice.data())) {
                CrashTest.expectWhole(sluice, acknowledged);
                again.endsByItself();
            }
        }
    }

    private static Map<String, byte[]> killUnderLoad(Sluice sluice, PythonProcessor python)
            throws Exception {
        try (Api api = new Api(sluice.base(), sluice.api().key());
                Load load = Load.begin(api, "python")) {
            python.kill();
            load.afterFault();
            assertThat(load.broken()).isZero();
            return load.acknowledged();
        }
    }

    @Test
    void inShellDoesTheMainJobAsAChildOfTheEdge() throws Exception {
        for (String program : new String[] {"jq", "file"}) {
            PythonProcessor.assumeOnPath(program);
        }
        Launch launch = Launch.fresh("shell");
        Files.createDirectories(launch.data());
        Launch piped =
                launch.with("sluice.channel.transport", "pipe")
                        .with("sluice.channel.pipe.format", "json-lines")
                        .with("sluice.channel.pipe.command", scriptOf(launch.data()));
        try (Sluice sluice = piped.start()) {
            doesTheMainJob(sluice, "sha256sum");
            expectRefused(sluice.api());
        }
    }

    private static Path scriptOf(Path directory) throws IOException {
        Matcher script = SCRIPT.matcher(Files.readString(TUTORIAL));
        assertThat(script.find()).isTrue();
        Path file = Files.writeString(directory.resolve("processor.sh"), script.group(1));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void overPipesOursDoesTheMainJobToo() throws Exception {
        try (Sluice sluice =
                Launch.fresh("pipe").with("sluice.channel.transport", "pipe").start()) {
            doesTheMainJob(sluice, "hash-list");
            String photo = sluice.api().ready(TestFile.photo("over a pipe"), "image/jpeg");
            sluice.api().rendition(photo, "thumb").isStatus(200);
            long killed = sluice.kill("processor");
            sluice.awaitReady("processor", killed);
            sluice.api().ready(TestFile.text(3000, 81), "text/plain");
        }
    }

    private static void doesTheMainJob(Sluice sluice, String engine) throws Exception {
        Api api = sluice.api();
        byte[] text = TestFile.text(3000, 80);
        String id = api.ready(text, "text/plain");
        assertThat(api.find(id).get("scan").get("engine").asString()).isEqualTo(engine);
        assertThat(api.content(id).isStatus(200).body()).isEqualTo(text);
        api.ready(TestFile.photo(engine), "image/jpeg");
        String infected = api.upload(TestFile.eicar(), "text/plain");
        JsonNode end = api.end(infected);
        assertThat(Api.state(end)).as(end.toString()).isEqualTo("quarantined");
        api.content(infected).isProblem(403, "quarantined");
        MalwareTest.expectInQuarantine(sluice.data(), infected);
    }

    private static void expectRefused(Api api) throws Exception {
        String id = api.upload(TestFile.read("document.pdf"), "text/plain");
        JsonNode end = api.end(id);
        assertThat(Api.state(end)).as(end.toString()).isEqualTo("rejected");
    }
}
