package io.sluice.edge.http;

import io.netty.channel.EventLoop;
import io.sluice.edge.http.intake.Intake;
import io.sluice.edge.http.intake.Receiver;
import io.sluice.edge.http.intake.TypeGate;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.http.meter.EdgeMeters.Outcome;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.Admission;
import io.sluice.edge.upload.Receipt;
import io.sluice.edge.upload.Uploads;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/**
 * {@code POST /uploads}: refuses what can be refused by the header alone, receives the body, has it
 * accepted, and answers when it is durable.
 */
final class UploadResource {
    private final UploadPolicy policy;
    private final Receiver receiver;
    private final Uploads uploads;
    private final Waiting waiting;
    private final EdgeMeters meters;

    UploadResource(
            UploadPolicy policy,
            Receiver receiver,
            Uploads uploads,
            Waiting waiting,
            EdgeMeters meters) {
        this.policy = policy;
        this.receiver = receiver;
        this.uploads = uploads;
        this.waiting = waiting;
        this.meters = meters;
    }

    Mono<ServerResponse> create(ServerRequest request, Identity who) {
        UploadRequest upload = UploadRequest.of(request, waiting.longest());
        policy.check(upload);
        HttpServerRequest socket =
                ServerHttpRequestDecorator.getNativeRequest(request.exchange().getRequest());
        Mono<Intake> intake =
                upload.isForm()
                        ? receiver.form(socket, upload.boundary(), gates(upload))
                        : receiver.raw(socket, upload.raw(), policy.gate(upload));
        Admission place = uploads.admit();
        meters.uploadBegan();
        EventLoop loop = ((Connection) socket).channel().eventLoop();
        return intake.flatMap(received -> accept(received, upload, who, loop))
                .doFinally(signal -> {
                    place.close();
                    meters.uploadEnded();
                    count(signal);
                })
                .flatMap(receipts -> waiting.answer(receipts, upload, who));
    }

    /**
     * A form's gates by its field {@code profile}; without one yet, by the query's, if there is.
     */
    private Function<Optional<String>, Optional<TypeGate>> gates(UploadRequest upload) {
        return field -> field.or(upload::profile).map(policy::gate);
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
                        AcceptanceOfAll.begin(
                                        uploads, intake, () -> policy.requests(upload, intake, who))
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
