package io.sluice.processor.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.channel.JobInboundAdapter;
import io.sluice.channel.ReceivedJob;
import io.sluice.model.JobOutcome;
import io.sluice.processor.Lease;
import io.sluice.processor.Step;
import java.io.IOException;
import java.util.Objects;
import org.springframework.integration.core.GenericHandler;
import org.springframework.messaging.MessageHeaders;

/**
 * A step as an endpoint of the flow: tells the edge that it begins, takes its time, and lets a job
 * that has its outcome already pass by.
 */
final class StepHandler<I> implements GenericHandler<Object> {
    private final String name;
    private final Class<I> input;
    private final Step<I, ?> step;
    private final MeterRegistry meters;

    /**
     * For one step.
     *
     * @param name for progress, and of its timer {@code sluice.<name>}
     */
    StepHandler(String name, Class<I> input, Step<I, ?> step, MeterRegistry meters) {
        this.name = name;
        this.input = input;
        this.step = step;
        this.meters = meters;
    }

    @Override
    public Object handle(Object payload, MessageHeaders headers) {
        if (payload instanceof JobOutcome) {
            return payload;
        }
        Lease lease = Objects.requireNonNull(headers.get(JobFlow.LEASE, Lease.class));
        Objects.requireNonNull(headers.get(JobInboundAdapter.RECEIVED_JOB, ReceivedJob.class))
                .progress(name);
        Timer.Sample sample = Timer.start(meters);
        String outcome = "error";
        try {
            lease.ensureHeld();
            Object made = made(step.take(input.cast(payload), lease));
            outcome = made instanceof JobOutcome end ? OutcomeWord.of(end) : "passed";
            return made;
        } catch (IOException | StackOverflowError | LinkageError e) {
            // An error that one file can cause would leave its job without an answer.
            throw new StepFailed(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailed(name, e);
        } finally {
            sample.stop(meters.timer("sluice." + name, "outcome", outcome));
        }
    }

    private static Object made(Step.Result<?> result) {
        return switch (result) {
            case Step.Result.Next<?>(Object output) -> output;
            case Step.Result.End<?>(JobOutcome outcome) -> outcome;
        };
    }
}
