package io.sluice.channel.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReturned;
import io.sluice.channel.ReceivedJob;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the broker gives up is not lost. */
@Timeout(120)
class AmqpDeadLetterTest {
    private final BlockingQueue<ReceivedJob> received = new LinkedBlockingQueue<>();
    private AmqpEnds ends;
    private Dispatcher dispatcher;
    private ForeignProcessor foreign;

    @BeforeEach
    void connect() throws Exception {
        ends = new AmqpEnds(RabbitBroker.shared(), Pings.patient());
        dispatcher = ends.dispatcher();
        foreign = ends.keep(new ForeignProcessor(RabbitBroker.shared(), ends.topology()));
    }

    @AfterEach
    void disconnect() throws IOException {
        ends.close();
    }

    @Test
    void aJobAtTheDeliveryLimitComesBackToItsEdge() throws Exception {
        foreign.announce(1);
        Waiting.until(() -> dispatcher.credit() == 1);
        Sent sent = Sent.over(dispatcher.dispatch(Jobs.any()));
        for (int deliveries = 0; deliveries <= 3; deliveries++) {
            foreign.putBack(foreign.take());
        }
        assertThat(sent.failure(JobReturned.class).reason())
                .isEqualTo(JobReturned.Reason.PROCESSOR_LOST);
        Waiting.until(() -> dispatcher.credit() == 1);
    }

    @Test
    void aJobThatNobodyTookByItsDeadlineFreesItsCredit() throws Exception {
        foreign.announce(1);
        Waiting.until(() -> dispatcher.credit() == 1);
        Sent sent = Sent.over(dispatcher.dispatch(Jobs.dueSoon()));
        assertThat(sent.failure(JobReturned.class).reason()).isEqualTo(JobReturned.Reason.DEADLINE);
        Waiting.until(() -> dispatcher.credit() == 1);
    }

    @Test
    void aJobThatSomebodyHasHadIsNotWorkedOnButReturned() throws Exception {
        foreign.announce(1);
        Waiting.until(() -> dispatcher.credit() == 1);
        Sent sent = Sent.over(dispatcher.dispatch(Jobs.any()));
        foreign.putBack(foreign.take());
        ends.receiver("0", 1).start(received::add);

        assertThat(sent.failure(JobReturned.class).reason())
                .isEqualTo(JobReturned.Reason.GOING_AWAY);
        assertThat(received).isEmpty();
    }

    @Test
    void aMessageThatIsNoJobIsKeptAsideAndCostsNothingElse() throws Exception {
        ends.receiver("0", 1).start(received::add);
        Waiting.until(() -> dispatcher.credit() == 1);
        foreign.publishToProcessors("not a job".getBytes(UTF_8));

        Sent sent = Sent.over(dispatcher.dispatch(Jobs.any()));
        Waiting.next(received).complete(Jobs.clean());
        assertThat(sent.outcome()).isEqualTo(Jobs.clean());
        assertThat(foreign.next(ends.topology().dead()).getBody())
                .isEqualTo("not a job".getBytes(UTF_8));
    }
}
