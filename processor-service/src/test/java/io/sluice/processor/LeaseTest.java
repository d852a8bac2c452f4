package io.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Lease lease = new Lease(now.plusSeconds(10), () -> now);
    private final List<String> happened = new ArrayList<>();

    @Test
    void isHeldUntilItsDeadline() throws IOException {
        lease.ensureHeld();
        assertThat(lease.remaining()).isEqualTo(Duration.ofSeconds(10));
        assertThat(lease.atMost(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(lease.atMost(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void isOverAtItsDeadline() {
        now = now.plusSeconds(10);
        assertThat(lease.isOver()).isTrue();
        assertThat(lease.remaining()).isZero();
        assertThatThrownBy(lease::ensureHeld)
                .isInstanceOf(LeaseOver.class)
                .hasMessage("the deadline passed");
    }

    @Test
    void isOverAtOnceWhenItIsRevoked() {
        lease.revoke();
        assertThat(lease.remaining()).isZero();
        assertThatThrownBy(lease::ensureHeld).isInstanceOf(LeaseOver.class);
    }

    @Test
    void wakesWhoeverWaitsOnceWhenItIsRevoked() {
        lease.onRevoked(() -> happened.add("first"));
        try (Lease.Registration _ = lease.onRevoked(() -> happened.add("closed before"))) {
            assertThat(happened).isEmpty();
        }
        lease.revoke();
        lease.revoke();
        assertThat(happened).containsExactly("first");
    }

    @Test
    void wakesAtOnceWhoeverComesTooLate() {
        lease.revoke();
        lease.onRevoked(() -> happened.add("late"));
        assertThat(happened).containsExactly("late");
    }

    @Test
    void closesWhatItKeepsTheLatestFirst() throws IOException {
        lease.keep(() -> happened.add("file"));
        lease.keep(() -> happened.add("socket"));
        lease.close();
        lease.close();
        assertThat(happened).containsExactly("socket", "file");
    }
}
