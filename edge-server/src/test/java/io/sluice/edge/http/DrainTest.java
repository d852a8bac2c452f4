package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

class DrainTest {
    @Test
    void anEdgeThatIsAboutToStopRefusesUploadsAndStillAnswersTheRest(@TempDir Path directory)
            throws Exception {
        try (EdgeServer edge = EdgeServer.start(directory);
                var root = new GenericApplicationContext();
                var child = new GenericApplicationContext(root)) {
            Draining draining = edge.bean(Draining.class);
            Client client = edge.client();
            draining.onApplicationEvent(new ContextClosedEvent(child));
            String path = client.post("x").header("Location");
            draining.onApplicationEvent(new ContextClosedEvent(root));
            Answer refused = client.post("x");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("draining");
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(client.get(path).status()).isEqualTo(200);
        }
    }
}
