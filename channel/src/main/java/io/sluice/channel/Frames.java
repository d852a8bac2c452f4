package io.sluice.channel;

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

/** The protocol's limits, and its frames ready to send. */
final class Frames {
    /** Both ends must say the same in their Hello. */
    static final int VERSION = 1;

    /** Of one message in bytes, without its length prefix. */
    static final int MAX_BYTES = 64 * 1024;

    /** Jobs one processor can have at once; more credit than this is a broken peer. */
    static final int MAX_CREDIT = 4096;

    private static final List<String> CAPABILITIES = List.of("credit", "cancel", "progress");

    private Frames() {}

    static Frame hello(String identity) {
        return Frame.newBuilder()
                .setHello(
                        Hello.newBuilder()
                                .setVersion(VERSION)
                                .setIdentity(identity)
                                .addAllCapabilities(CAPABILITIES))
                .build();
    }

    static Frame credit(int jobs) {
        return Frame.newBuilder().setCredit(Credit.newBuilder().setJobs(jobs)).build();
    }

    static Frame accepted(Attempt attempt) {
        return Frame.newBuilder()
                .setAccepted(
                        Accepted.newBuilder().setJob(attempt.job()).setAttempt(attempt.number()))
                .build();
    }

    static Frame progress(Attempt attempt, String step) {
        return Frame.newBuilder()
                .setProgress(
                        Progress.newBuilder()
                                .setJob(attempt.job())
                                .setAttempt(attempt.number())
                                .setStep(step))
                .build();
    }

    static Frame result(Attempt attempt, OutcomeMessage outcome) {
        return Frame.newBuilder()
                .setResult(
                        Result.newBuilder()
                                .setJob(attempt.job())
                                .setAttempt(attempt.number())
                                .setOutcome(outcome))
                .build();
    }

    static Frame cancel(Attempt attempt) {
        return Frame.newBuilder()
                .setCancel(Cancel.newBuilder().setJob(attempt.job()).setAttempt(attempt.number()))
                .build();
    }

    static Frame ping(long nonce) {
        return Frame.newBuilder().setPing(Ping.newBuilder().setNonce(nonce)).build();
    }

    static Frame pong(long nonce) {
        return Frame.newBuilder().setPong(Pong.newBuilder().setNonce(nonce)).build();
    }

    static Frame goAway(String reason) {
        return Frame.newBuilder().setGoAway(GoAway.newBuilder().setReason(reason)).build();
    }
}
