package io.sluice.edge.http;

import io.netty.channel.EventLoop;
import io.sluice.edge.http.ietf.Ietf;
import io.sluice.edge.http.ietf.IetfCreation;
import io.sluice.edge.http.intake.Intake;
import io.sluice.edge.http.intake.Receiver;
import io.sluice.edge.http.intake.TypeGate;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.http.meter.EdgeMeters.Outcome;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.identity.Grant;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.Receipt;
import io.sluice.edge.upload.Uploads;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

/**
 * {@code POST /uploads}: refuses what can be refused by the header alone, receives the body, has it
 * accepted, and answers when it is durable.
 */
final class UploadResource {
    private final Handover handover;
    private final UploadPolicy policy;
    private final Entrance entrance;
    private final Receiver receiver;
    private final Uploads uploads;
    private final Waiting waiting;
    private final EdgeMeters meters;
    private final IetfResource resumable;

    UploadResource(
            Handover handover,
            UploadPolicy policy,
            Entrance entrance,
            Receiver receiver,
            Uploads uploads,
            Waiting waiting,
            EdgeMeters meters,
            IetfResource resumable) {
        this.handover = handover;
        this.policy = policy;
        this.entrance = entrance;
        this.receiver = receiver;
        this.uploads = uploads;
        this.waiting = waiting;
        this.meters = meters;
        this.resumable = resumable;
    }

    Mono<ServerResponse> create(ServerRequest request, Identity who) {
        UploadRequest upload = UploadRequest.of(request, waiting.longest());
        policy.check(upload, who);
        Optional<Boolean> completeness =
                IetfCreation.completeness(request.headers().asHttpHeaders());
        if (completeness.isPresent() && upload.isResumable()) {
            return resumable.create(request, upload, completeness.get(), who);
        }
        completeness.ifPresent(isLast -> takeAtOnce(request, isLast));
        Grant grant = who.grant();
        if (grant == null) {
            return receive(request, upload, who);
        }
        // How much of a token is used up only the database knows.
        return Border.cross(() -> uploads.requireUseLeft(grant))
                .publishOn(Schedulers.fromExecutor(Sockets.loop(request)))
                .flatMap(_ -> receive(request, upload, who));
    }

    /** All answers are those of the plain request then: there is nothing to be resumed. */
    private static void takeAtOnce(ServerRequest request, boolean isLast) {
        if (!isLast) {
            throw Problem.MALFORMED.because(
                    "forms, and requests with Idempotency-Key, come in one request: Upload-Complete must be ?1");
        }
        request.exchange().getResponse().getHeaders().set(Ietf.COMPLETE, Ietf.bool(true));
    }

    private Mono<ServerResponse> receive(
            ServerRequest request, UploadRequest upload, Identity who) {
        // Before room is taken, as it may refuse.
        String boundary = upload.isForm() ? upload.boundary() : "";
        Entrance.Room room = entrance.enter(request, upload, who);
        meters.uploadBegan();
        Mono<Intake> intake =
                upload.isForm()
                        ? receiver.form(
                                Sockets.of(request), boundary, room.allowance(), gates(upload))
                        : receiver.raw(
                                Sockets.of(request),
                                upload.raw(),
                                room.allowance(),
                                policy.gate(upload, who));
        EventLoop loop = Sockets.loop(request);
        return intake.flatMap(received -> accept(received, upload, who, loop))
                .doFinally(signal -> {
                    meters.uploadEnded();
                    count(signal);
                })
                // Before the answer, so that the client's next request finds the room free.
                .doOnTerminate(room.leaving())
                .doOnCancel(room.leaving())
                .flatMap(receipts -> waiting.answer(receipts, upload));
    }

    /**
     * A form's gates by its field {@code profile}; without one yet, by the query's, if there is.
     */
    private Function<Optional<String>, Optional<TypeGate>> gates(UploadRequest upload) {
        return field -> field.or(upload::profile).filter(policy::knows).map(policy::gate);
    }

    private void count(SignalType signal) {
        switch (signal) {
            case ON_ERROR -> meters.upload(Outcome.REFUSED);
            case CANCEL -> meters.upload(Outcome.ABORTED);
            default -> {
                // Counted by receipt.
            }
        }
    }

    /**
     * Goes on when the client does not: bytes that are complete are accepted. The result comes back
     * to the event loop, as the threads that complete it have commits to make.
     */
    private Mono<List<Receipt>> accept(
            Intake intake, UploadRequest upload, Identity who, EventLoop loop) {
        return Mono.fromFuture(
                () ->
                        handover.accept(intake, upload, who)
                                .whenCompleteAsync((receipts, _) -> countReceipts(receipts), loop),
                true);
    }

    private void countReceipts(List<Receipt> receipts) {
        if (receipts != null) {
            receipts.forEach(receipt ->
                    meters.upload(receipt.isNew() ? Outcome.ACCEPTED : Outcome.REPEATED));
        }
    }
}
