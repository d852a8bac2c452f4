package io.sluice.edge.http;

import io.sluice.edge.http.ietf.Ietf;
import io.sluice.edge.http.ietf.InteropVersion;
import io.sluice.edge.http.ietf.UploadLimits;
import io.sluice.edge.http.intake.Visit;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.Scope;
import io.sluice.edge.upload.transfer.Protocol;
import io.sluice.edge.upload.transfer.Transfer;
import io.sluice.edge.upload.transfer.Transfers;
import io.sluice.model.UploadId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code HEAD, GET, DELETE /uploads/{id}} for who may go on with an upload as the IETF drafts it.
 * Everything else is asked of the upload's state, which disturbs nobody.
 */
final class ResumptionResource {
    private static final List<String> OF_APPENDS = List.of(Ietf.OFFSET, Ietf.COMPLETE);

    private final Transfers transfers;
    private final UploadLimits limits;
    private final StateResource state;

    ResumptionResource(Transfers transfers, UploadLimits limits, StateResource state) {
        this.transfers = transfers;
        this.limits = limits;
        this.state = state;
    }

    /** The offset, for which a request that is still bringing bytes is ended. */
    Mono<ServerResponse> head(ServerRequest request, Identity who) {
        return isResumable(request, who)
                .flatMap(isResumable ->
                        isResumable
                                ? look(request, who)
                                        .map(fields ->
                                                fields.to(JsonAnswer.empty(HttpStatus.NO_CONTENT)))
                                : state.read(request, who));
    }

    /** The state; to a client that says it speaks the draft, with the offset. */
    Mono<ServerResponse> get(ServerRequest request, Identity who) {
        if (!InteropVersion.of(request.headers().asHttpHeaders()).isTold()) {
            return state.read(request, who).cast(ServerResponse.class);
        }
        return isResumable(request, who)
                .flatMap(isResumable ->
                        isResumable
                                ? look(request, who)
                                        .flatMap(fields -> state.read(request, who).map(fields::to))
                                : state.read(request, who));
    }

    private Mono<Boolean> isResumable(ServerRequest request, Identity who) {
        UploadId id = Api.uploadId(request);
        return who.has(Scope.UPLOAD) ? Border.cross(() -> isResumable(id, who)) : Mono.just(false);
    }

    private boolean isResumable(UploadId id, Identity who) {
        return transfers.protocol(who, id).filter(Protocol.IETF::equals).isPresent();
    }

    /** Header fields of an answer, by their names. */
    private record Fields(Map<String, String> values) {
        JsonAnswer to(JsonAnswer answer) {
            values.forEach(answer::with);
            return answer;
        }
    }

    private Mono<Fields> look(ServerRequest request, Identity who) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        InteropVersion version = InteropVersion.of(headers);
        requireNoAppend(headers, version);
        if (version.isStrictAboutFields() && headers.containsHeader(Ietf.LENGTH)) {
            throw ofAppends(Ietf.LENGTH);
        }
        return Visit.look(
                transfers,
                Api.uploadId(request),
                who,
                Protocol.IETF,
                upload -> fields(upload, who, version));
    }

    private Fields fields(Transfer upload, Identity who, InteropVersion version) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(Ietf.COMPLETE, Ietf.bool(!upload.isReceiving()));
        fields.put(Ietf.OFFSET, Long.toString(upload.offset()));
        if (upload.length() != null) {
            fields.put(Ietf.LENGTH, Long.toString(upload.length()));
        }
        fields.put(Ietf.LIMIT, limits.of(upload, who, version));
        fields.put(HttpHeaders.CACHE_CONTROL, "no-store");
        return new Fields(fields);
    }

    private static void requireNoAppend(HttpHeaders headers, InteropVersion version) {
        if (version.isStrictAboutFields()) {
            OF_APPENDS.stream()
                    .filter(headers::containsHeader)
                    .findFirst()
                    .ifPresent(name -> {
                        throw ofAppends(name);
                    });
        }
    }

    private static RuntimeException ofAppends(String field) {
        return Problem.MALFORMED.because(field + " has no meaning in this request");
    }

    /** An upload token cancels what it has begun, but deletes nothing that is complete. */
    Mono<ServerResponse> delete(ServerRequest request, Identity who) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        requireNoAppend(headers, InteropVersion.of(headers));
        if (who.grant() == null) {
            return state.delete(request, who);
        }
        UploadId id = Api.uploadId(request);
        return Border.cross(() ->
                        isResumable(id, who)
                                && transfers.find(who, Protocol.IETF, id).isReceiving())
                .flatMap(isUnfinished -> {
                    if (!isUnfinished) {
                        Gate.requireAccount(who);
                    }
                    return state.delete(request, who);
                });
    }
}
