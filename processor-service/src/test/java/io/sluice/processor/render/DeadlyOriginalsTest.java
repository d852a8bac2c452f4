package io.sluice.processor.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.Sha256;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadlyOriginalsTest {
    private static final Sha256 CONTENT = new Sha256("a".repeat(64));

    private Instant now = Instant.EPOCH;
    private final DeadlyOriginals deadly = new DeadlyOriginals(() -> now);

    @Test
    void areRefusedOnceTwoWorkersHaveEndedOnThem() {
        assertThat(deadly.refusal(CONTENT)).isEmpty();
        deadly.ended(CONTENT, "crashed");
        assertThat(deadly.refusal(CONTENT)).isEmpty();
        deadly.ended(CONTENT, "killed after PT30S");
        assertThat(deadly.refusal(CONTENT))
                .contains(
                        "kept from decoders: 2 image workers ended on this content (killed after PT30S)");
        assertThat(deadly.refusal(new Sha256("b".repeat(64)))).isEmpty();
    }

    @Test
    void areForgivenWhenOneLivesThroughThem() {
        deadly.ended(CONTENT, "crashed");
        deadly.survived(CONTENT);
        deadly.ended(CONTENT, "crashed");
        assertThat(deadly.refusal(CONTENT)).isEmpty();
    }

    @Test
    void areForgottenAfterAWhile() {
        deadly.ended(CONTENT, "crashed");
        deadly.ended(CONTENT, "crashed");
        now = now.plus(Duration.ofHours(1)).plusMillis(1);
        assertThat(deadly.refusal(CONTENT)).isEmpty();
    }

    @Test
    void areOnlySoMany() {
        deadly.ended(CONTENT, "crashed");
        deadly.ended(CONTENT, "crashed");
        for (int i = 0; i < 1024; i++) {
            deadly.ended(new Sha256("%064x".formatted(i)), "crashed");
        }
        assertThat(deadly.refusal(CONTENT)).isEmpty();
    }
}
