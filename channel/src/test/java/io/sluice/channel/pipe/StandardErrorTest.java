package io.sluice.channel.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.channel.contract.Waiting;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a child says on its standard error. */
@Timeout(60)
class StandardErrorTest {
    @TempDir Path store;
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(StandardError.class);

    @BeforeEach
    void listen() {
        heard.start();
        log.addAppender(heard);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(heard);
    }

    @Test
    void isInTheLogLineByLineCutAndHarmless() {
        String says =
                "printf 'one\\n\\ntwo \\033[2J\\r\\n' >&2;"
                        + " head -c 5000 /dev/zero | tr '\\0' x >&2; cat";
        try (ChildEnds ends = ChildEnds.shell(store, says)) {
            Waiting.until(() -> ends.dispatcher().credit() == 1);
        }
        Waiting.until(() -> heard.list.size() == 3);
        assertThat(List.copyOf(heard.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "stderr: one",
                        "stderr: two  [2J ",
                        "stderr: " + "x".repeat(StandardError.MAX_CHARS));
    }
}
