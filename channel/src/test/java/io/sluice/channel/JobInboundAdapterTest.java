package io.sluice.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import io.sluice.channel.unix.UnixEnds;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;

@Timeout(60)
class JobInboundAdapterTest {
    @TempDir Path directory;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private UnixEnds ends;
    private Dispatcher dispatcher;

    @BeforeEach
    void open() {
        ends = new UnixEnds(directory, Pings.patient());
        dispatcher = ends.dispatcher();
    }

    @AfterEach
    void close() throws IOException {
        ends.close();
        workers.close();
    }

    private JobInboundAdapter started(MessageChannel output) {
        JobInboundAdapter adapter =
                new JobInboundAdapter(ends.receiver("0", 1), workers, Waiting.LIMIT);
        adapter.setBeanFactory(new StaticListableBeanFactory());
        adapter.setOutputChannel(output);
        adapter.afterPropertiesSet();
        adapter.start();
        Waiting.until(() -> dispatcher.credit() == 1);
        return adapter;
    }

    @Test
    void turnsAJobIntoAMessageThatCanBeAnswered() throws Exception {
        QueueChannel flow = new QueueChannel();
        started(flow);
        Job job = Jobs.any();
        Sent sent = Sent.over(dispatcher.dispatch(job));
        Message<?> message = Objects.requireNonNull(flow.receive());

        assertThat(message.getPayload()).isEqualTo(job);
        answer(message);
        assertThat(sent.outcome()).isEqualTo(Jobs.clean());
    }

    @Test
    void drainsWhenItStops() throws Exception {
        QueueChannel flow = new QueueChannel();
        JobInboundAdapter adapter = started(flow);
        Sent sent = Sent.over(dispatcher.dispatch(Jobs.any()));
        Message<?> message = Objects.requireNonNull(flow.receive());
        Thread stopping = Thread.ofVirtual().start(adapter::stop);
        Waiting.until(() -> dispatcher.processors() == 0);
        answer(message);

        assertThat(sent.outcome()).isEqualTo(Jobs.clean());
        stopping.join();
        assertThat(adapter.isRunning()).isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void answersForAFlowThatFails() throws Exception {
        started((message, timeout) -> {
            throw new IllegalStateException("a step without an error channel");
        });
        assertThat(Sent.over(dispatcher.dispatch(Jobs.any())).outcome())
                .isEqualTo(new JobOutcome.Failed("the processor's flow failed", true));
    }

    private static void answer(Message<?> message) {
        assertThat(message.getHeaders().get(JobInboundAdapter.RECEIVED_JOB))
                .isInstanceOfSatisfying(
                        ReceivedJob.class, received -> received.complete(Jobs.clean()));
    }
}
