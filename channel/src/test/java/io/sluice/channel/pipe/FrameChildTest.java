package io.sluice.channel.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Waiting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames over a child's standard streams. */
@Timeout(60)
class FrameChildTest {
    @TempDir Path store;

    @Test
    void aChildMaySpeakFrames() throws Exception {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FrameChild.class.getName());
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < command.size(); i++) {
            settings.put("command[" + i + "]", command.get(i));
        }
        try (ChildEnds ends = new ChildEnds(store, settings)) {
            for (int i = 0; i < 3; i++) {
                Waiting.until(() -> ends.dispatcher().credit() == 1);
                assertThat(ends.dispatch().outcome()).isEqualTo(Jobs.clean());
            }
        }
    }
}
