package io.sluice.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.JobReturned;
import io.sluice.model.JobOutcome;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A job that was dispatched, and what came of it. */
public record Sent(CompletableFuture<@Nullable JobOutcome> future) {

    public static Sent over(Mono<JobOutcome> dispatch) {
        return new Sent(dispatch.toFuture());
    }

    public JobOutcome outcome() throws InterruptedException, ExecutionException, TimeoutException {
        return Objects.requireNonNull(future.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    /** Why it came back, which it must. */
    public JobReturned.Reason returned() throws InterruptedException, TimeoutException {
        return failure(JobReturned.class).reason();
    }

    public <T extends Throwable> T failure(Class<T> type)
            throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("an outcome came: " + outcome());
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(type);
            return type.cast(Objects.requireNonNull(e.getCause()));
        }
    }
}
