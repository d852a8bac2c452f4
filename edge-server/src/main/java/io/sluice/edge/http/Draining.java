package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import java.time.Duration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.HttpHeaders;

/**
 * Knows when the edge is about to stop: what is under way is ended in peace, but no upload begins
 * on a connection that is still open.
 */
final class Draining implements ApplicationListener<ContextClosedEvent> {
    private static final Duration RESTART = Duration.ofSeconds(5);

    private volatile boolean isOn;

    /** The actuator's context, which is a child of the edge's, ends on its own. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext().getParent() == null) {
            isOn = true;
        }
    }

    /**
     * Refuses new uploads from then on.
     *
     * @throws io.sluice.edge.http.problem.Refusal 503
     */
    void requireOff() {
        if (isOn) {
            throw Problem.DRAINING
                    .because("send it again to the same address")
                    .retryAfter(RESTART)
                    .with(HttpHeaders.CONNECTION, "close");
        }
    }
}
