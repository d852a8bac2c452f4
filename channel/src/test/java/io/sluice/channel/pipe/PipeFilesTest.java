package io.sluice.channel.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import io.sluice.channel.frame.Frames;
import io.sluice.model.wire.Frame.KindCase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is special to pipes that are files: who takes one, what a kill leaves, half a good-bye. */
@Timeout(60)
class PipeFilesTest {
    @TempDir Path root;
    private Path run;
    private PipeEnds ends;

    @BeforeEach
    void open() {
        run = root.resolve("data/run");
        ends = new PipeEnds(run, Pings.patient());
    }

    @AfterEach
    void close() throws IOException {
        ends.close();
    }

    private JobReceiver started(String name) {
        JobReceiver receiver = ends.receiver(name, 2);
        receiver.start(job -> job.complete(Jobs.clean()));
        return receiver;
    }

    private List<Path> offered(String name) throws IOException {
        try (Stream<Path> files = Files.list(ends.processor(name))) {
            return files.filter(PipeNames::isJobs).toList();
        }
    }

    private static Sent dispatch(Dispatcher dispatcher) {
        return Sent.over(dispatcher.dispatch(Jobs.any()));
    }

    @Nested
    class TheDirectory {
        @Test
        void isForItsOwnerOnly() throws Exception {
            started("0");
            for (Path each : List.of(run, ends.processor("0"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .isEqualTo("rwx------");
            }
        }

        @Test
        void goesWithItsProcessor() {
            started("0").close();
            assertThat(run).isEmptyDirectory();
        }

        @Test
        void thatAKilledProcessorLeftIsNoProcessorAndIsReplaced() throws Exception {
            Files.createDirectories(ends.processor("0"));
            Path jobs = PipeNames.freshJobs(ends.processor("0"));
            SystemCalls.makeFifo(jobs);
            SystemCalls.makeFifo(PipeNames.outcomes(jobs));
            Dispatcher dispatcher = ends.dispatcher();
            started("0");
            Waiting.until(() -> dispatcher.credit() == 2);
            assertThat(jobs).doesNotExist();
        }

        @Test
        void ofARunningProcessorIsNot() {
            started("0");
            assertThatThrownBy(() -> started("0"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("processor-0.pipe")
                    .hasMessageContaining("give this one another name");
            Dispatcher dispatcher = ends.dispatcher();
            Waiting.until(() -> dispatcher.credit() == 2);
        }

        @Test
        void thatOthersMayWriteToIsRefused() throws Exception {
            Files.createDirectories(run);
            Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwx---"));
            assertThatThrownBy(() -> started("0"))
                    .hasMessageContaining("sluice.channel.pipe.directory")
                    .hasMessageContaining("chmod 0700");
        }
    }

    @Nested
    class APair {
        @Test
        void isReplacedWhenAnEdgeTakesItSoThatTheNextFindsOne() throws Exception {
            started("0");
            Path first = offered("0").getFirst();
            Dispatcher one = ends.dispatcher();
            Waiting.until(() -> one.processors() == 1);
            Dispatcher other = ends.dispatcher();
            Waiting.until(() -> other.processors() == 1);

            assertThat(first).doesNotExist();
            assertThat(dispatch(one).outcome()).isEqualTo(Jobs.clean());
        }

        @Test
        void whoseEdgeVanishesBeforeItTakesTheNameIsReplaced() throws Exception {
            started("0");
            Path jobs = offered("0").getFirst();
            try (FileChannel edge = FileChannel.open(jobs, StandardOpenOption.WRITE)) {
                assertThat(edge.isOpen()).isTrue();
            }
            Dispatcher honest = ends.dispatcher();
            Waiting.until(() -> honest.credit() == 2);
            assertThat(dispatch(honest).outcome()).isEqualTo(Jobs.clean());
        }
    }

    @Nested
    class AProcessor {
        private Dispatcher dispatcher;
        private RawPipe pipe;
        private RawPeer processor;

        @BeforeEach
        void connect() throws IOException {
            dispatcher = ends.dispatcher();
            Files.createDirectories(ends.processor("raw"));
            pipe = RawPipe.offeredIn(ends.processor("raw"));
            processor = new RawPeer(pipe);
            processor.sayHello().send(Frames.credit(1)).readUntil(KindCase.HELLO);
            Waiting.until(() -> dispatcher.credit() == 1);
        }

        @AfterEach
        void disconnect() throws IOException {
            processor.close();
        }

        @Test
        void thatNoLongerReadsGivesItsJobsBack() throws Exception {
            Sent sent = dispatch(dispatcher);
            processor.readUntil(KindCase.JOB);
            pipe.in().close();
            assertThat(sent.returned()).isEqualTo(Reason.PROCESSOR_LOST);
        }

        @Test
        void thatNoLongerWritesGivesItsJobsBack() throws Exception {
            Sent sent = dispatch(dispatcher);
            processor.readUntil(KindCase.JOB);
            pipe.out().close();
            assertThat(sent.returned()).isEqualTo(Reason.PROCESSOR_LOST);
        }

        @Test
        void thatAnswersAndLeavesIsHeardToItsLastWord() throws Exception {
            var job = Jobs.any();
            Sent sent = Sent.over(dispatcher.dispatch(job));
            processor.readUntil(KindCase.JOB);
            processor.accept(job).answer(job, Jobs.clean()).close();
            assertThat(sent.outcome()).isEqualTo(Jobs.clean());
        }
    }
}
