package io.sluice.edge.http;

import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.UploadPage;
import io.sluice.edge.upload.UploadQuery;
import io.sluice.edge.upload.Uploads;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** {@code GET /uploads}: pages, newest first. */
final class ListResource {
    private static final int USUAL_LIMIT = 50;
    private static final int MOST = 200;

    private final Uploads uploads;

    ListResource(Uploads uploads) {
        this.uploads = uploads;
    }

    Mono<ServerResponse> list(ServerRequest request, Identity who) {
        Api.requireJsonAccepted(request);
        UploadQuery query =
                new UploadQuery(
                        read(request, "state", UploadState::ofWord),
                        read(request, "profile", Function.identity()),
                        read(request, "cursor", UploadId::parse),
                        limit(request));
        String asked = read(request, "tenant", Function.identity());
        // Another tenant's list is as empty as that of one that isn't there.
        String tenant = who.seesAllTenants() ? asked : who.tenant();
        boolean isNobodys = asked != null && !who.sees(asked);
        return isNobodys
                ? Mono.just(answer(query, asked, new UploadPage(List.of(), null)))
                : Border.cross(() -> uploads.list(tenant, query))
                        .map(page -> answer(query, asked, page));
    }

    private static int limit(ServerRequest request) {
        Integer limit = read(request, "limit", Integer::valueOf);
        if (limit != null && limit < 1) {
            throw Problem.MALFORMED.because("limit must be at least 1");
        }
        return limit == null ? USUAL_LIMIT : Math.min(limit, MOST);
    }

    private static <T> @Nullable T read(
            ServerRequest request, String parameter, Function<String, T> reader) {
        Optional<String> text = request.queryParam(parameter).filter(value -> !value.isEmpty());
        try {
            return text.map(reader).orElse(null);
        } catch (IllegalArgumentException e) {
            throw Problem.MALFORMED.because("the query's " + parameter + " is malformed");
        }
    }

    private static ServerResponse answer(
            UploadQuery query, @Nullable String tenant, UploadPage page) {
        String next = page.next() == null ? null : page.next().toString();
        JsonAnswer answer =
                JsonAnswer.of(
                        HttpStatus.OK,
                        new UploadView.Page(
                                page.uploads().stream().map(UploadView::of).toList(), next));
        return next == null
                ? answer
                : answer.with(
                        HttpHeaders.LINK,
                        "<%s>; rel=\"next\"".formatted(link(query, tenant, next)));
    }

    private static String link(UploadQuery query, @Nullable String tenant, String next) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath(Api.BASE + "/uploads");
        if (query.state() != null) {
            uri.queryParam("state", query.state().word());
        }
        Map<String, String> texts = new LinkedHashMap<>();
        if (query.profile() != null) {
            texts.put("profile", query.profile());
        }
        if (tenant != null) {
            texts.put("tenant", tenant);
        }
        texts.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
        uri.queryParam("limit", query.limit()).queryParam("cursor", next);
        return uri.encode().buildAndExpand(texts).toUriString();
    }
}
