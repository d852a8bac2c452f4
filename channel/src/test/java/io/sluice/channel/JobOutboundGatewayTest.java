package io.sluice.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Waiting;
import io.sluice.channel.unix.UnixEnds;
import io.sluice.model.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.support.MessageBuilder;

@Timeout(60)
class JobOutboundGatewayTest {
    @TempDir Path directory;
    private final BlockingQueue<ReceivedJob> received = new LinkedBlockingQueue<>();
    private final QueueChannel replies = new QueueChannel();
    private final QueueChannel errors = new QueueChannel();
    private UnixEnds ends;
    private Dispatcher dispatcher;
    private JobOutboundGateway gateway;

    @BeforeEach
    void open() {
        ends = new UnixEnds(directory, Pings.patient());
        dispatcher = ends.dispatcher();
        gateway = new JobOutboundGateway(dispatcher);
        gateway.setBeanFactory(new StaticListableBeanFactory());
        gateway.setOutputChannel(replies);
        gateway.afterPropertiesSet();
    }

    @AfterEach
    void close() throws IOException {
        ends.close();
    }

    private Message<Job> request(Job job) {
        return MessageBuilder.withPayload(job).setHeader("row", 7).setErrorChannel(errors).build();
    }

    private static Message<?> next(QueueChannel channel) {
        return Objects.requireNonNull(channel.receive(Waiting.LIMIT.toMillis()));
    }

    @Test
    void repliesWithTheOutcomeAndTheRequestsHeaders() throws Exception {
        ends.receiver("0", 1).start(received::add);
        Waiting.until(() -> dispatcher.credit() == 1);
        gateway.handleMessage(request(Jobs.any()));
        assertThat(replies.getQueueSize()).isZero();
        Waiting.next(received).complete(Jobs.clean());

        Message<?> reply = next(replies);
        assertThat(reply.getPayload()).isEqualTo(Jobs.clean());
        assertThat(reply.getHeaders()).containsEntry("row", 7);
    }

    @Test
    void sendsAJobThatComesBackToTheErrorChannel() {
        Job job = Jobs.any();
        gateway.handleMessage(request(job));

        MessagingException failure = (MessagingException) next(errors).getPayload();
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        JobReturned.class,
                        returned ->
                                assertThat(returned.reason())
                                        .isEqualTo(JobReturned.Reason.NO_CREDIT));
        Message<?> request = Objects.requireNonNull(failure.getFailedMessage());
        assertThat(request.getPayload()).isEqualTo(job);
        assertThat(request.getHeaders()).containsEntry("row", 7);
    }
}
