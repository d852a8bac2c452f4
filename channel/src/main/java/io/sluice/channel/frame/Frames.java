package io.sluice.channel.frame;

import io.sluice.channel.Capability;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Accepted;
import io.sluice.model.wire.Cancel;
import io.sluice.model.wire.Credit;
import io.sluice.model.wire.Frame;
import io.sluice.model.wire.GoAway;
import io.sluice.model.wire.Hello;
import io.sluice.model.wire.OutcomeMessage;
import io.sluice.model.wire.Ping;
import io.sluice.model.wire.Pong;
import io.sluice.model.wire.Progress;
import io.sluice.model.wire.Result;
import java.util.List;
import java.util.Set;

/** The protocol's limits, and its frames ready to send. */
public final class Frames {
    /** Both ends must say the same in their Hello. */
    public static final int VERSION = 1;

    /** Of one message in bytes, without its length prefix. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Jobs one processor can have at once; more credit than this is a broken peer. */
    public static final int MAX_CREDIT = 4096;

    /** In the Hello of a processor to which an original's descriptor may go before its job. */
    static final String DESCRIPTORS = "descriptors";

    private static final List<String> CAPABILITIES = List.of("credit", "cancel", "progress");

    private Frames() {}

    /** The first frame of an end that calls itself so and takes no jobs. */
    public static Frame hello(String identity) {
        return hello(identity, Set.of());
    }

    /** The first frame of an end that calls itself so and can do that. */
    public static Frame hello(String identity, Set<Capability> capabilities) {
        return Frame.newBuilder()
                .setHello(
                        Hello.newBuilder()
                                .setVersion(VERSION)
                                .setIdentity(identity)
                                .addAllCapabilities(CAPABILITIES)
                                .addAllCapabilities(
                                        capabilities.stream()
                                                .map(Capability::word)
                                                .sorted()
                                                .toList()))
                .build();
    }

    /** Grants that many more jobs. */
    public static Frame credit(int jobs) {
        return Frame.newBuilder().setCredit(Credit.newBuilder().setJobs(jobs)).build();
    }

    /** The attempt is in a worker's hands. */
    public static Frame accepted(Attempt attempt) {
        return Frame.newBuilder()
                .setAccepted(
                        Accepted.newBuilder().setJob(attempt.job()).setAttempt(attempt.number()))
                .build();
    }

    /** The attempt has come to that step. */
    public static Frame progress(Attempt attempt, String step) {
        return Frame.newBuilder()
                .setProgress(
                        Progress.newBuilder()
                                .setJob(attempt.job())
                                .setAttempt(attempt.number())
                                .setStep(step))
                .build();
    }

    /** The attempt's outcome. */
    public static Frame result(Attempt attempt, OutcomeMessage outcome) {
        return Frame.newBuilder()
                .setResult(
                        Result.newBuilder()
                                .setJob(attempt.job())
                                .setAttempt(attempt.number())
                                .setOutcome(outcome))
                .build();
    }

    /** The attempt's outcome; or, when that doesn't fit into a frame, that it has failed. */
    public static Frame answer(Attempt attempt, JobOutcome outcome) {
        Frame frame = result(attempt, Wire.encode(outcome));
        if (frame.getSerializedSize() <= MAX_BYTES) {
            return frame;
        }
        return result(
                attempt,
                Wire.encode(
                        new JobOutcome.Failed(
                                "the outcome needs %d bytes, a frame has %d"
                                        .formatted(frame.getSerializedSize(), MAX_BYTES),
                                false)));
    }

    /** Nobody wants the attempt's outcome any more. */
    public static Frame cancel(Attempt attempt) {
        return Frame.newBuilder()
                .setCancel(Cancel.newBuilder().setJob(attempt.job()).setAttempt(attempt.number()))
                .build();
    }

    /** Asks whether the other end is alive. */
    public static Frame ping(long nonce) {
        return Frame.newBuilder().setPing(Ping.newBuilder().setNonce(nonce)).build();
    }

    /** Answers the ping of that number. */
    public static Frame pong(long nonce) {
        return Frame.newBuilder().setPong(Pong.newBuilder().setNonce(nonce)).build();
    }

    /** No job is taken from here on. */
    public static Frame goAway(String reason) {
        return Frame.newBuilder().setGoAway(GoAway.newBuilder().setReason(reason)).build();
    }
}
