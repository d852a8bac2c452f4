package io.sluice.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.frame.Attempt;
import io.sluice.channel.frame.Frames;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.wire.Frame.KindCase;
import io.sluice.model.wire.OutcomeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a processor may do wrong, and that its jobs always come back. */
@Timeout(60)
public abstract class RawProcessorContractTest {
    @TempDir Path directory;
    private Ends ends;
    private Dispatcher dispatcher;
    private Ends.RawListener listener;
    private RawPeer processor;

    /** The ends of the transport under test. */
    protected abstract Ends ends(Path directory, ChannelProperties.Ping ping);

    @BeforeEach
    void connect() throws IOException {
        connect(Pings.patient());
    }

    private void connect(ChannelProperties.Ping ping) throws IOException {
        ends = ends(directory, ping);
        dispatcher = ends.dispatcher();
        listener = ends.rawProcessor("raw");
        processor = listener.accept();
        processor.sayHello().readUntil(KindCase.HELLO);
    }

    @AfterEach
    void disconnect() throws IOException {
        ends.close();
    }

    private Sent dispatch(Job job) {
        return Sent.over(dispatcher.dispatch(job));
    }

    private void credit(int jobs) throws IOException {
        processor.send(Frames.credit(jobs));
        Waiting.until(() -> dispatcher.credit() == jobs);
    }

    private void isRefused() throws IOException {
        processor.readToEnd(KindCase.JOB);
        assertThat(ends.meters().get("sluice.channel.frames.refused").counter().count())
                .isEqualTo(1);
    }

    @Nested
    class Credit {
        @Test
        void beyondReasonIsRefused() throws Exception {
            processor.send(Frames.credit(Frames.MAX_CREDIT + 1));
            isRefused();
        }

        @Test
        void forNothingIsRefused() throws Exception {
            processor.send(Frames.credit(0));
            isRefused();
        }

        @Test
        void thatGrowsBeyondReasonIsRefused() throws Exception {
            credit(Frames.MAX_CREDIT);
            processor.send(Frames.credit(1));
            isRefused();
        }

        @Test
        void isNotUsedWhileTheProcessorDoesNotRead() throws Exception {
            credit(1000);
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 100 && dispatcher.credit() > 0; i++) {
                sent.add(dispatch(Jobs.named("x".repeat(50_000), Duration.ofMinutes(1))));
            }
            Waiting.until(() -> dispatcher.credit() == 0);

            // The one that found the way blocked was returned at once.
            long out = sent.stream().filter(job -> !job.future().isDone()).count();
            for (long i = 0; i < out; i++) {
                processor.readUntil(KindCase.JOB);
            }
            Waiting.until(() -> dispatcher.credit() == 1000 - out);
        }
    }

    @Nested
    class AResult {
        @Test
        void beforeAcceptedIsRefused() throws Exception {
            credit(1);
            Job job = Jobs.any();
            Sent sent = dispatch(job);
            processor.readUntil(KindCase.JOB);
            processor.answer(job, Jobs.clean());

            isRefused();
            assertThat(sent.returned()).isEqualTo(Reason.PROCESSOR_LOST);
        }

        @Test
        void withoutAnOutcomeIsRefused() throws Exception {
            credit(1);
            Job job = Jobs.any();
            Sent sent = dispatch(job);
            processor.readUntil(KindCase.JOB);
            processor
                    .accept(job)
                    .send(Frames.result(Attempt.of(job), OutcomeMessage.getDefaultInstance()));

            isRefused();
            assertThat(sent.returned()).isEqualTo(Reason.PROCESSOR_LOST);
        }

        @Test
        void thatCallsCleanWhatNobodyScannedIsRefused() throws Exception {
            credit(1);
            Job job = Jobs.any();
            Sent sent = dispatch(job);
            processor.readUntil(KindCase.JOB);
            processor
                    .accept(job)
                    .answer(job, new JobOutcome.Rendered("text/plain", null, null, List.of()));

            isRefused();
            assertThat(sent.returned()).isEqualTo(Reason.PROCESSOR_LOST);
        }

        @Test
        void ofNoJobIsIgnoredAsLate() throws Exception {
            credit(1);
            processor.answer(Jobs.any(), Jobs.clean());
            Job job = Jobs.any();
            Sent sent = dispatch(job);
            processor.readUntil(KindCase.JOB);
            processor.accept(job).answer(job, Jobs.clean());
            assertThat(sent.outcome()).isEqualTo(Jobs.clean());
        }

        @Test
        void ofAnOldAttemptIsIgnored() throws Exception {
            credit(2);
            Job old = Jobs.dueIn(Duration.ofMillis(50));
            Sent first = dispatch(old);
            assertThat(first.returned()).isEqualTo(Reason.DEADLINE);
            Job retry = Jobs.nextAttempt(old);
            Sent second = dispatch(retry);
            processor.readUntil(KindCase.CANCEL);
            processor.readUntil(KindCase.JOB);
            processor.accept(old).accept(retry).answer(old, Jobs.large(10));
            processor.answer(retry, Jobs.clean());

            assertThat(second.outcome()).isEqualTo(Jobs.clean());
        }
    }

    @Nested
    class AProcessor {
        @Test
        void isToldOfADeadline() throws Exception {
            credit(1);
            Job job = Jobs.dueIn(Duration.ofMillis(50));
            dispatch(job).returned();
            assertThat(processor.readUntil(KindCase.CANCEL).getCancel().getJob())
                    .isEqualTo(job.id().toString());
        }

        @Test
        void thatGoesAwayKeepsWhatItAcceptedAndReturnsTheRest() throws Exception {
            credit(2);
            Job taken = Jobs.any();
            Sent first = dispatch(taken);
            Sent second = dispatch(Jobs.any());
            processor.readUntil(KindCase.JOB);
            processor.readUntil(KindCase.JOB);
            processor.accept(taken).send(Frames.goAway("bye"));

            assertThat(second.returned()).isEqualTo(Reason.GOING_AWAY);
            processor.answer(taken, Jobs.clean());
            assertThat(first.outcome()).isEqualTo(Jobs.clean());
            processor.readToEnd(KindCase.JOB);
        }

        @Test
        void thatFallsSilentIsLostWithItsJobs() throws Exception {
            disconnect();
            connect(Pings.impatient());
            credit(1);
            assertThat(dispatch(Jobs.any()).returned()).isEqualTo(Reason.PROCESSOR_LOST);
        }

        @Test
        void thatVanishesBeforeHelloIsTriedAgain() throws Exception {
            processor.close();
            listener.accept().close();
            RawPeer again = listener.accept();
            again.sayHello().send(Frames.credit(1));
            Waiting.until(() -> dispatcher.credit() == 1);
            assertThat(ends.meters().get("sluice.channel.reconnects").counter().count())
                    .isEqualTo(1);
        }

        @Test
        void thatActsAsAnEdgeIsRefused() throws Exception {
            processor.sendJob(Jobs.any());
            isRefused();
        }
    }
}
