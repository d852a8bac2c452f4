package io.sluice.channel.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Waiting;
import io.sluice.model.wire.Frame.KindCase;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is counted apart, where a broker stands between. */
@Timeout(60)
class AmqpPeersTest {
    private AmqpEnds ends;
    private Dispatcher dispatcher;
    private ForeignProcessor foreign;

    @BeforeEach
    void connect() throws Exception {
        ends = new AmqpEnds(RabbitBroker.shared(), Pings.impatient());
        dispatcher = ends.dispatcher();
        foreign = ends.keep(new ForeignProcessor(RabbitBroker.shared(), ends.topology()));
    }

    @AfterEach
    void disconnect() throws IOException {
        ends.close();
    }

    private boolean isCounted(String peer) {
        return !ends.meters()
                .find("sluice.channel.peer.bytes")
                .tag("peer", peer)
                .meters()
                .isEmpty();
    }

    @Test
    void aProcessorIsUntilItIsNotHeardOfAnyMore() throws Exception {
        foreign.announce(3);
        Waiting.until(() -> dispatcher.credit() == 3);
        assertThat(ends.meters().get("sluice.channel.peer.credit").gauge().value()).isEqualTo(3);
        assertThat(ends.meters().find("sluice.channel.peer.reconnects").meters()).isEmpty();

        foreign.vanish();
        Waiting.until(() -> !isCounted("foreign"));
    }

    @Test
    void anEdgeIsUntilItGoesAway() {
        ends.receiver("0", 1).start(_ -> {});
        Waiting.until(() -> isCounted("edge"));
        dispatcher.close();
        Waiting.until(() -> !isCounted("edge"));
        assertThat(isCounted("processor-0")).isFalse();
    }

    @Test
    void anEdgesLastWordIsThatItGoesAway() throws Exception {
        Waiting.until(() -> foreign.heard().contains(KindCase.HELLO));
        dispatcher.close();
        assertThat(foreign.heard()).endsWith(KindCase.GO_AWAY);
    }

    @Test
    void whoHasNoProperNameIsNot() throws Exception {
        foreign.greet("\",\"");
        Waiting.until(
                () -> ends.meters().get("sluice.channel.frames.refused").counter().count() == 1);
        assertThat(dispatcher.processors()).isZero();
        assertThat(isCounted("\",\"")).isFalse();
    }
}
