package io.sluice.channel.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Settings;
import io.sluice.channel.contract.Waiting;
import io.sluice.channel.group.Channels;
import io.sluice.channel.unix.UnixEnds;
import io.sluice.model.Job;
import java.io.BufferedReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MirrorTest {
    @TempDir Path directory;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private double lines(String outcome) {
        return meters.get("sluice.channel.mirror.lines").tag("outcome", outcome).counter().count();
    }

    /** Has one job done over a mirrored channel. */
    private Job mirrored(Path mirror) throws Exception {
        Job job = Jobs.any();
        try (UnixEnds ends = new UnixEnds(directory, Pings.patient());
                Dispatcher dispatcher = dispatcher(mirror)) {
            ends.receiver("1", 1).start(received -> received.complete(Jobs.clean()));
            Waiting.until(() -> dispatcher.credit() == 1);
            assertThat(Sent.over(dispatcher.dispatch(job)).outcome()).isEqualTo(Jobs.clean());
            // Both HELLOs, CREDIT, JOB, ACCEPTED, RESULT.
            Waiting.until(() -> lines("written") >= 6 || lines("dropped") > 0);
        }
        return job;
    }

    private Dispatcher dispatcher(Path mirror) {
        return Channels.dispatcher(
                Settings.bind(
                        Pings.patient(),
                        Map.of(
                                "unix.directory",
                                directory.toString(),
                                "mirror",
                                mirror.toString())),
                "edge-1",
                meters,
                Jobs.CLOCK);
    }

    @Test
    void writesEachMessageAsALineOfJson() throws Exception {
        Path mirror = directory.resolve("mirror.jsonl");
        Job job = mirrored(mirror);
        List<String> lines = Files.readAllLines(mirror);
        assertThat(lines)
                .allMatch(line -> line.startsWith("{\"at\":\"") && line.endsWith("}}"))
                .anySatisfy(line ->
                        assertThat(line)
                                .contains("\"direction\":\"out\"")
                                .contains("\"peer\":\"processor-1\"")
                                .contains("\"group\":\"default\"")
                                .contains("\"frame\":{\"job\":{\"id\":\"" + job.id()))
                .anySatisfy(line ->
                        assertThat(line)
                                .contains("\"direction\":\"in\"")
                                .contains("\"frame\":{\"result\":{\"job\":\"" + job.id()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mirror)))
                .isEqualTo("rw-------");
    }

    @Test
    void isReadFromAFifo() throws Exception {
        Path fifo = fifo();
        try (UnixEnds ends = new UnixEnds(directory, Pings.patient());
                Dispatcher _ = dispatcher(fifo);
                BufferedReader reader = Files.newBufferedReader(fifo)) {
            ends.receiver("1", 1).start(_ -> {});
            assertThat(reader.readLine()).contains("\"frame\":{\"hello\":{");
        }
    }

    @Test
    void dropsLinesAndNothingElseWhenNobodyReads() throws Exception {
        Path fifo = fifo();
        try (UnixEnds ends = new UnixEnds(directory, Pings.patient());
                Dispatcher dispatcher = dispatcher(fifo)) {
            ends.receiver("1", 64).start(received -> received.complete(Jobs.clean()));
            Waiting.until(() -> dispatcher.credit() == 64);
            while (lines("dropped") == 0) {
                assertThat(Sent.over(dispatcher.dispatch(Jobs.any())).outcome())
                        .isEqualTo(Jobs.clean());
            }
        }
        assertThat(lines("written")).isPositive();
    }

    @Test
    void isRefusedAtTheStartWhereItCantBeWritten() {
        Path nowhere = directory.resolve("none/mirror");
        assertThatThrownBy(() -> dispatcher(nowhere))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(
                        "sluice.channel.mirror = " + nowhere + ": can't be written");
    }

    private Path fifo() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        return fifo;
    }
}
