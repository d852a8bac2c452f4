package io.sluice.edge.http;

import io.sluice.edge.event.EventFilter;
import io.sluice.edge.event.Events;
import io.sluice.edge.http.event.EventAnswer;
import io.sluice.edge.http.event.EventRequest;
import io.sluice.edge.http.event.EventStreams;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.Upload;
import io.sluice.edge.upload.Uploads;
import io.sluice.model.UploadId;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code GET /uploads/{id}/events} and {@code /events}. An upload's stream tells its whole story
 * and ends with it; a client that resumes an ended one is told by 204 not to come back (HTML
 * standard, section 9.2.3). The stream of all uploads begins now, unless it is resumed, and never
 * ends.
 */
final class EventResource {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Uploads uploads;
    private final Events events;
    private final EventStreams streams;

    EventResource(Uploads uploads, Events events, EventStreams streams) {
        this.uploads = uploads;
        this.events = events;
        this.streams = streams;
    }

    Mono<ServerResponse> ofUpload(ServerRequest request, Identity who) {
        requireStreamAccepted(request);
        UploadId id = Api.uploadId(request);
        OptionalLong last = lastEventId(request);
        return Border.cross(() -> {
            Upload upload = uploads.find(who, id).orElseThrow(Api::noUpload);
            // An id from the future is another database's.
            long after = Math.min(last.orElse(0), events.newest());
            if (upload.state().isEnd() && !events.hasMore(id, after)) {
                return JsonAnswer.empty(HttpStatus.NO_CONTENT);
            }
            // An upload's first event is not id 1: without an id nothing can have been missed.
            long forgotten = last.isPresent() ? events.forgotten() : 0;
            return new EventAnswer(
                    streams, new EventRequest(new EventFilter(null, id), after, forgotten));
        });
    }

    Mono<ServerResponse> ofAll(ServerRequest request, Identity who) {
        requireStreamAccepted(request);
        OptionalLong last = lastEventId(request);
        String tenant = who.seesAllTenants() ? null : who.tenant();
        return Border.cross(() -> {
            long newest = events.newest();
            long after = Math.min(last.orElse(newest), newest);
            return new EventAnswer(
                    streams,
                    new EventRequest(new EventFilter(tenant, null), after, events.forgotten()));
        });
    }

    private static OptionalLong lastEventId(ServerRequest request) {
        String text = request.headers().firstHeader(LAST_EVENT_ID);
        if (text == null || text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.MALFORMED.because("Last-Event-ID is none that was given out here");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static void requireStreamAccepted(ServerRequest request) {
        List<String> accept = request.headers().header(HttpHeaders.ACCEPT);
        try {
            if (!accept.isEmpty()
                    && MediaType.parseMediaTypes(accept).stream()
                            .noneMatch(type -> type.includes(MediaType.TEXT_EVENT_STREAM))) {
                throw Problem.NOT_ACCEPTABLE.because("the answer is text/event-stream");
            }
        } catch (InvalidMediaTypeException e) {
            throw Problem.MALFORMED.because("Accept is malformed");
        }
    }
}
