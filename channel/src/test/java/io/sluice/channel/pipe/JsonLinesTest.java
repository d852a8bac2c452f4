package io.sluice.channel.pipe;

import static io.sluice.channel.pipe.ChildEnds.DEFER;
import static io.sluice.channel.pipe.ChildEnds.DONE;
import static io.sluice.channel.pipe.ChildEnds.EACH_JOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.contract.Waiting;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a child may write, and what is refused. */
@Timeout(60)
class JsonLinesTest {
    @TempDir Path store;
    private @Nullable ChildEnds ends;

    @AfterEach
    void end() {
        if (ends != null) {
            ends.close();
        }
    }

    private ChildEnds started(String script) {
        ChildEnds child = ChildEnds.shell(store, script);
        ends = child;
        Waiting.until(() -> child.dispatcher().credit() > 0);
        return child;
    }

    private void isRefused(String line) throws Exception {
        ChildEnds child = started(EACH_JOB + line + DONE);
        assertThat(child.dispatch().returned()).isEqualTo(Reason.PROCESSOR_LOST);
        Waiting.until(() -> child.counted("frames.refused") == 1);
    }

    @Test
    void thatIsNoJsonIsRefused() throws Exception {
        isRefused("echo garbage");
    }

    @Test
    void thatNeverEndsIsRefused() throws Exception {
        isRefused("cat /dev/zero");
    }

    @Test
    void withAnUnknownKeyIsRefused() throws Exception {
        isRefused(DEFER.replace("reason", "raison") + "x");
    }

    @Test
    void forAnotherAttemptIsRefused() throws Exception {
        isRefused("attempt=2; " + DEFER + "x");
    }

    @Test
    void thatCallsCleanWhatNobodyScannedIsRefused() throws Exception {
        isRefused(
                "printf '{\"id\":\"%s\",\"attempt\":1,\"outcome\":\"rendered\",\"contentType\":\"a/b\"}\\n' $id");
    }

    @Test
    void mayBeLongButNotLongerThanAFrame() throws Exception {
        ChildEnds child =
                started(EACH_JOB + DEFER + "$(head -c 60000 /dev/zero | tr '\\0' x)" + DONE);
        assertThat(child.dispatch().outcome()).isEqualTo(ChildEnds.deferred("x".repeat(60_000)));
    }
}
