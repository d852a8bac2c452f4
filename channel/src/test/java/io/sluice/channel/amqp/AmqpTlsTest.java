package io.sluice.channel.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import io.sluice.channel.tcp.Authority;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.AmqpException;

/** A real RabbitMQ that speaks TLS only to those who show a certificate of the right authority. */
@Timeout(120)
class AmqpTlsTest {
    @TempDir static Path directory;
    private static final Authority RIGHT = new Authority("right");
    private static final Authority WRONG = new Authority("wrong");
    private static final int PORT = RabbitBroker.freePort();
    private static RabbitBroker broker;

    @BeforeAll
    static void start() throws Exception {
        RabbitBroker.assumeInstalled();
        Authority.Pem own = RIGHT.write(directory, "localhost");
        broker =
                new RabbitBroker(
                        directory.resolve("broker"),
                        """
                        listeners.ssl.1 = 127.0.0.1:%d
                        ssl_options.cacertfile = %s
                        ssl_options.certfile = %s
                        ssl_options.keyfile = %s
                        ssl_options.verify = verify_peer
                        ssl_options.fail_if_no_peer_cert = true
                        """
                                .formatted(PORT, own.authority(), own.certificate(), own.key()));
        broker.start();
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.end();
        }
    }

    private static AmqpEnds ends(String host, Authority.Pem member, Path authority) {
        return new AmqpEnds(
                Pings.patient(),
                Map.of(
                        "amqp.uri", "amqps://guest:guest@" + host + ":" + PORT,
                        "amqp.ca", authority.toString(),
                        "amqp.certificate", member.certificate().toString(),
                        "amqp.private-key", member.key().toString()));
    }

    @Test
    void carriesJobsBetweenThoseWhoTrustEachOther() throws Exception {
        Authority.Pem member = RIGHT.write(directory, "member.test");
        try (AmqpEnds ends = ends("localhost", member, member.authority())) {
            ends.receiver("0", 2).start(job -> job.complete(Jobs.clean()));
            Dispatcher dispatcher = ends.dispatcher();
            Waiting.until(() -> dispatcher.credit() == 2);
            assertThat(Sent.over(dispatcher.dispatch(Jobs.any())).outcome())
                    .isEqualTo(Jobs.clean());
        }
    }

    @Test
    void refusesAMemberOfAnotherAuthority() throws Exception {
        Path right = RIGHT.write(directory, "unused").authority();
        try (AmqpEnds ends = ends("localhost", WRONG.write(directory, "member.test"), right)) {
            assertRefused(ends);
        }
    }

    @Test
    void refusesAMemberWithoutACertificate() throws Exception {
        Path right = RIGHT.write(directory, "unused").authority();
        try (AmqpEnds ends =
                new AmqpEnds(
                        Pings.patient(),
                        Map.of(
                                "amqp.uri",
                                "amqps://guest:guest@localhost:" + PORT,
                                "amqp.ca",
                                right.toString()))) {
            assertRefused(ends);
        }
    }

    @Test
    void isRefusedWhenAnotherAuthorityIsTrusted() throws Exception {
        Authority.Pem member = RIGHT.write(directory, "member.test");
        Path wrong = WRONG.write(directory, "unused").authority();
        try (AmqpEnds ends = ends("localhost", member, wrong)) {
            assertRefused(ends, "PKIX path building failed");
        }
    }

    @Test
    void isRefusedUnderANameThatItsCertificateDoesNotHave() throws Exception {
        Authority.Pem member = RIGHT.write(directory, "member.test");
        try (AmqpEnds ends = ends("127.0.0.1", member, member.authority())) {
            assertRefused(ends, "No subject alternative names matching");
        }
    }

    /** The broker says so after the handshake, or just hangs up. */
    private static void assertRefused(AmqpEnds ends) {
        assertRefused(ends, "");
    }

    private static void assertRefused(AmqpEnds ends, String why) {
        try (Broker end = new Broker(ends.properties(), "test", "mailbox", "audience")) {
            assertThatThrownBy(() -> end.connections().createConnection())
                    .isInstanceOf(AmqpException.class)
                    .hasStackTraceContaining(why);
        }
    }
}
