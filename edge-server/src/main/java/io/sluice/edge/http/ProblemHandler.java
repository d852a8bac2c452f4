package io.sluice.edge.http;

import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.http.problem.Json;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.ProblemView;
import io.sluice.edge.http.problem.Refusal;
import io.sluice.edge.http.problem.RequestIds;
import io.sluice.edge.identity.TokenUsedUp;
import io.sluice.edge.identity.TooManyKeys;
import io.sluice.edge.network.TargetRefused;
import io.sluice.edge.quota.QuotaExceeded;
import io.sluice.edge.spool.NoDiskRoom;
import io.sluice.edge.upload.TooBusy;
import io.sluice.edge.upload.UploadRefused;
import io.sluice.edge.upload.transfer.TransferRefused;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/**
 * Turns whatever went wrong into a problem document, without telling more than the enum and a
 * refusal's own words. It comes before Spring Boot's error page.
 */
final class ProblemHandler implements WebExceptionHandler, Ordered {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final List<String> FULL =
            List.of("No space left on device", "Disk quota exceeded", "database or disk is full");
    private static final Duration LATER = Duration.ofSeconds(30);

    private final EdgeMeters meters;

    ProblemHandler(EdgeMeters meters) {
        this.meters = meters;
    }

    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
        Throwable cause = unwrap(thrown);
        ServerHttpResponse response = exchange.getResponse();
        if (isClientGone(cause)) {
            meters.clientGone();
            return Mono.empty();
        }
        if (response.isCommitted()) {
            return Mono.error(thrown);
        }
        Refusal refusal = refusalOf(cause);
        String requestId = RequestIds.of(exchange);
        meters.refused(refusal.problem());
        if (refusal.problem() == Problem.INTERNAL) {
            log.error("request {} failed", requestId, cause);
        }
        byte[] body = Json.bytes(ProblemView.of(refusal, requestId));
        response.setStatusCode(HttpStatusCode.valueOf(refusal.problem().status()));
        refusal.headers().forEach(response.getHeaders()::set);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setContentLength(body.length);
        response.getHeaders().setCacheControl("no-store");
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isClientGone(Throwable cause) {
        return cause instanceof AbortedException
                || cause instanceof ClosedChannelException
                || (cause instanceof IOException e
                        && e.getMessage() != null
                        && (e.getMessage().contains("Broken pipe")
                                || e.getMessage().contains("Connection reset")));
    }

    private static Refusal refusalOf(Throwable cause) {
        return switch (cause) {
            case Refusal refusal -> refusal;
            case TooBusy busy -> Problem.BUSY.because(words(busy)).retryAfter(busy.retryAfter());
            case RejectedExecutionException _ ->
                    Problem.BUSY.because("too much work waits").retryAfter(SOON);
            case NoDiskRoom full -> Problem.NO_DISK_ROOM.because(words(full)).retryAfter(LATER);
            case UploadRefused refused -> ofReason(refused);
            case TransferRefused refused -> ofReason(refused);
            case QuotaExceeded full ->
                    (full.isHopeless() ? Problem.TOO_LARGE : Problem.QUOTA_USED_UP)
                            .because(words(full));
            case TokenUsedUp used -> Problem.TOKEN_USED_UP.because(words(used));
            case TooManyKeys many -> Problem.FORBIDDEN.because(words(many));
            case TargetRefused refused -> Problem.TARGET_NOT_ALLOWED.because(words(refused));
            case ResponseStatusException status -> ofStatus(status.getStatusCode().value());
            case Throwable e when isDiskFull(e) ->
                    Problem.NO_DISK_ROOM
                            .because("the disk filled up while the upload was written")
                            .retryAfter(LATER);
            default -> Problem.INTERNAL.because("an error that should not happen was logged");
        };
    }

    private static Refusal ofReason(UploadRefused refused) {
        Problem problem =
                switch (refused.reason()) {
                    case IDEMPOTENCY_CONFLICT -> Problem.IDEMPOTENCY_CONFLICT;
                    case UNKNOWN_PROFILE -> Problem.UNKNOWN_PROFILE;
                    case BAD_METADATA -> Problem.BAD_METADATA;
                };
        return problem.because(words(refused));
    }

    private static Refusal ofReason(TransferRefused refused) {
        Problem problem =
                switch (refused.reason()) {
                    case UNKNOWN -> Problem.NOT_FOUND;
                    case EXPIRED -> Problem.EXPIRED;
                    case WRONG_OFFSET -> Problem.OFFSET_CONFLICT;
                    case WRONG_LENGTH -> Problem.LENGTH_CONFLICT;
                    case TOO_LONG, BEYOND_LENGTH -> Problem.TOO_LARGE;
                    case IS_FINAL -> Problem.FINAL_UPLOAD;
                    case NO_PART -> Problem.NO_PARTIAL_UPLOAD;
                    case WRONG_CHECKSUM -> Problem.CHECKSUM_MISMATCH;
                    case WRONG_WHOLE -> Problem.DIGEST_MISMATCH;
                    case TAKEN_OVER -> Problem.TAKEN_OVER;
                };
        Refusal refusal = problem.because(words(refused));
        return refused.offset() < 0
                ? refusal
                : refusal.with("Upload-Offset", Long.toString(refused.offset()));
    }

    /** What the framework itself refuses, by the closest of our problems. */
    private static Refusal ofStatus(int status) {
        Problem problem =
                switch (status) {
                    case 404 -> Problem.NOT_FOUND;
                    case 405 -> Problem.METHOD_NOT_ALLOWED;
                    case 406 -> Problem.NOT_ACCEPTABLE;
                    case 413 -> Problem.TOO_LARGE;
                    case 415 -> Problem.UNSUPPORTED_TYPE;
                    default -> status < 500 ? Problem.MALFORMED : Problem.INTERNAL;
                };
        return problem.because(
                problem == Problem.NOT_FOUND
                        ? "no resource has this path"
                        : "the request was not understood");
    }

    /** Neither the JDK nor SQLite's driver has an exception of its own for it. */
    private static boolean isDiskFull(Throwable thrown) {
        String words = words(thrown);
        return FULL.stream().anyMatch(words::contains)
                || (thrown.getCause() != null && isDiskFull(thrown.getCause()));
    }

    private static String words(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return message == null ? "" : message;
    }
}
