package io.sluice.edge.http.outbound;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sluice.edge.http.header.Disposition;
import io.sluice.edge.http.header.ExpectedDigests;
import io.sluice.edge.http.header.FileNames;
import io.sluice.edge.http.intake.Allowance;
import io.sluice.edge.http.intake.Intake;
import io.sluice.edge.http.intake.RawRequest;
import io.sluice.edge.http.intake.Receiver;
import io.sluice.edge.http.intake.TypeGate;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import io.sluice.edge.network.AddressFilter;
import io.sluice.edge.network.TargetRefused;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Fetches what is behind a URL into the spool, by the same way as an upload's bytes: in large
 * writes, as fast as the disk takes them, and dropped if anything goes wrong.
 */
public final class Fetcher {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final AddressFilter filter;
    private final ImportProperties properties;
    private final Receiver receiver;
    private final long longest;

    /**
     * A fetcher.
     *
     * @param longest the most bytes that a file may have
     */
    public Fetcher(
            OutboundLoop loop, ImportProperties properties, Receiver receiver, long longest) {
        this.filter = properties.filter();
        this.properties = properties;
        this.receiver = receiver;
        this.longest = longest;
        this.client = loop.client(filter, properties.connectTimeout(), properties.silence());
    }

    /**
     * Fetches the file; fails with a {@link Refusal} or {@link TargetRefused}.
     *
     * @param filename as the client wants it; null for what the server or the URL says
     */
    public Mono<Intake> fetch(
            String url, @Nullable String filename, Allowance allowance, TypeGate gate) {
        return Mono.defer(() -> hop(filter.target(url), filename, allowance, gate, 0))
                .timeout(properties.timeout())
                .onErrorMap(Fetcher::translated);
    }

    private Mono<Intake> hop(
            URI url, @Nullable String filename, Allowance allowance, TypeGate gate, int redirects) {
        return client.get()
                .uri(url)
                .responseConnection((response, connection) ->
                        receive(response, connection, url, filename, allowance, gate))
                .next()
                .flatMap(hop ->
                        switch (hop) {
                            case Hop.Whole(Intake intake) -> Mono.just(intake);
                            case Hop.Elsewhere(String location) ->
                                    redirects == properties.maxRedirects()
                                            ? Mono.error(failed("it redirects too often"))
                                            : hop(
                                                    elsewhere(url, location),
                                                    filename,
                                                    allowance,
                                                    gate,
                                                    redirects + 1);
                        });
    }

    /** Where a request led to. */
    private sealed interface Hop {
        record Whole(Intake intake) implements Hop {}

        record Elsewhere(String location) implements Hop {}
    }

    private URI elsewhere(URI from, String location) {
        try {
            return filter.target(from.resolve(location).toString());
        } catch (IllegalArgumentException e) {
            throw failed("it redirects to what is no URL");
        }
    }

    private Publisher<Hop> receive(
            HttpClientResponse response,
            Connection connection,
            URI url,
            @Nullable String filename,
            Allowance allowance,
            TypeGate gate) {
        HttpHeaders headers = response.responseHeaders();
        int status = response.status().code();
        String location = headers.get(HttpHeaderNames.LOCATION);
        if (REDIRECTS.contains(status) && location != null) {
            connection.dispose();
            return Mono.just(new Hop.Elsewhere(location));
        }
        try {
            requireWhole(status, headers);
        } catch (Refusal e) {
            connection.dispose();
            return Mono.error(e);
        }
        RawRequest file =
                new RawRequest(
                        new ExpectedDigests(List.of()),
                        filename != null ? filename : name(headers, url).orElse(null),
                        headers.get(HttpHeaderNames.CONTENT_TYPE));
        return receiver.fetched(connection, file, allowance, gate)
                .<Hop>map(Hop.Whole::new)
                .doFinally(_ -> connection.dispose());
    }

    private void requireWhole(int status, HttpHeaders headers) {
        if (status != 200) {
            throw failed("it answered " + status);
        }
        if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            throw failed("it answered with a Content-Encoding that was not asked for");
        }
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null && length.matches("[0-9]{1,18}") && Long.parseLong(length) > longest) {
            throw Problem.TOO_LARGE.because(
                    "an upload has at most %d bytes (sluice.upload.max-size)".formatted(longest));
        }
    }

    private static Optional<String> name(HttpHeaders headers, URI url) {
        String path = String.valueOf(url.getPath());
        try {
            return Optional.ofNullable(headers.get(HttpHeaderNames.CONTENT_DISPOSITION))
                    .map(Disposition::parse)
                    .flatMap(Disposition::filename)
                    .or(() -> FileNames.clean(path));
        } catch (Refusal malformed) {
            return FileNames.clean(path);
        }
    }

    private static Refusal failed(String why) {
        return Problem.FETCH_FAILED.because("the URL could not be fetched: " + why);
    }

    private static Throwable translated(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> refusal;
            case TargetRefused refused -> refused;
            case TimeoutException _ -> failed("it takes longer than sluice.import.timeout");
            case java.net.UnknownHostException _ -> failed("its host has no address");
            case io.netty.channel.ConnectTimeoutException _, java.net.ConnectException _ ->
                    failed("its server can't be reached");
            case io.netty.handler.timeout.TimeoutException _ -> failed("its server is silent");
            case reactor.netty.http.client.PrematureCloseException _ ->
                    failed("its server closed the connection");
            case javax.net.ssl.SSLException _ -> failed("TLS failed");
            default -> failure;
        };
    }
}
