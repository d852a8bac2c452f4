package io.sluice.edge.http;

import io.sluice.edge.http.limit.Cidr;
import io.sluice.edge.http.limit.RateProperties;
import io.sluice.edge.http.loop.Workers;
import io.sluice.model.ByteSize;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Where the edge listens, and what it lets a client do to it.
 *
 * @param bind the address; all of them are 0.0.0.0
 * @param port of the API; 0 takes a free one
 * @param workers event loops; {@code auto} is one per core
 * @param managementPort of the actuator; 0 takes a free one
 * @param trustedProxies whose Forwarded and X-Forwarded-For are believed
 */
@ConfigurationProperties(prefix = "sluice.edge", ignoreUnknownFields = false)
public record EdgeProperties(
        @DefaultValue("127.0.0.1") InetAddress bind,
        @DefaultValue("8080") int port,
        @DefaultValue("auto") Workers workers,
        @DefaultValue("9080") int managementPort,
        @DefaultValue Limits limits,
        @DefaultValue Timeouts timeouts,
        @DefaultValue Multipart multipart,
        @DefaultValue Cors cors,
        @DefaultValue RateProperties rate,
        @DefaultValue Http2 http2,
        @DefaultValue Tls tls,
        @DefaultValue List<Cidr> trustedProxies) {

    public EdgeProperties {
        requirePort("port", port);
        requirePort("management-port", managementPort);
        trustedProxies = List.copyOf(trustedProxies);
    }

    private static void requirePort(String key, int port) {
        Assert.isTrue(
                port >= 0 && port <= 65535,
                () -> "sluice.edge.%s is %d: give 1 to 65535, or 0".formatted(key, port));
    }

    private static void requireRange(String key, long value, long least, long most) {
        Assert.isTrue(
                value >= least && value <= most,
                () -> "sluice.edge.%s is %d: give %d to %d".formatted(key, value, least, most));
    }

    /**
     * What one client, and all together, may take.
     *
     * @param headerSize of a request's header fields; the request line may be as long
     * @param connections open at once; one more is closed at once
     * @param connectionsPerAddress of those; 0 for no limit, which trusted proxies never have
     * @param uploadsPerKey that one key, token or subject may send at the same time; 0 for no limit
     * @param uploadsPerAddress the same of one address
     * @param writeSize how much of an upload is collected before it is written to the disk; twice
     *     as much is held at most
     * @param minRate bytes per second that a body must at least arrive with
     * @param longestWait the longest time that {@code Prefer: wait} is granted
     */
    public record Limits(
            @DefaultValue("16KiB") ByteSize headerSize,
            @DefaultValue("8192") int connections,
            @DefaultValue("0") int connectionsPerAddress,
            @DefaultValue("0") int uploadsPerKey,
            @DefaultValue("0") int uploadsPerAddress,
            @DefaultValue("1MiB") ByteSize writeSize,
            @DefaultValue("1KiB") ByteSize minRate,
            @DefaultValue("60s") Duration longestWait) {

        public Limits {
            requireRange("limits.header-size", headerSize.bytes(), 1024, 1 << 20);
            requireRange("limits.connections", connections, 1, 1_000_000);
            requireRange("limits.connections-per-address", connectionsPerAddress, 0, 1_000_000);
            requireRange("limits.uploads-per-key", uploadsPerKey, 0, 1_000_000);
            requireRange("limits.uploads-per-address", uploadsPerAddress, 0, 1_000_000);
            requireRange("limits.write-size", writeSize.bytes(), 4096, 64 << 20);
            requireRange("limits.min-rate", minRate.bytes(), 1, 1 << 20);
            requireRange("limits.longest-wait in s", longestWait.toSeconds(), 0, 3600);
        }
    }

    /**
     * How long a client may keep a connection without using it.
     *
     * @param header until the first request's header is complete
     * @param idle between an answer and the next request's complete header
     * @param stall without a byte taken of the answer; and how long a body's rate is averaged
     * @param linger how long what a client still sends is discarded after a refusal
     */
    public record Timeouts(
            @DefaultValue("10s") Duration header,
            @DefaultValue("60s") Duration idle,
            @DefaultValue("10s") Duration stall,
            @DefaultValue("5s") Duration linger) {

        private static final long LONGEST_MILLIS = 3_600_000;

        public Timeouts {
            requireRange("timeouts.header in ms", header.toMillis(), 10, LONGEST_MILLIS);
            requireRange("timeouts.idle in ms", idle.toMillis(), 10, LONGEST_MILLIS);
            requireRange("timeouts.stall in ms", stall.toMillis(), 10, LONGEST_MILLIS);
            requireRange("timeouts.linger in ms", linger.toMillis(), 0, LONGEST_MILLIS);
        }
    }

    /**
     * Limits of a form.
     *
     * @param parts of one request
     * @param partHeader the header of one part
     * @param field the value of one field
     */
    public record Multipart(
            @DefaultValue("64") int parts,
            @DefaultValue("8KiB") ByteSize partHeader,
            @DefaultValue("64KiB") ByteSize field) {

        public Multipart {
            requireRange("multipart.parts", parts, 1, 10_000);
            requireRange("multipart.part-header", partHeader.bytes(), 256, 1 << 16);
            requireRange("multipart.field", field.bytes(), 256, 1 << 20);
        }
    }

    /**
     * What one HTTP/2 connection may take.
     *
     * @param cleartext whether it is spoken without TLS too
     * @param streams open at once
     * @param streamWindow bytes that a client may send ahead on one stream
     * @param connectionWindow the same on all streams of a connection together; this is what one
     *     connection can make the edge hold
     * @param resets streams that may be reset in half a minute, by either end, before the
     *     connection is ended
     */
    public record Http2(
            @DefaultValue("false") boolean cleartext,
            @DefaultValue("100") int streams,
            @DefaultValue("1MiB") ByteSize streamWindow,
            @DefaultValue("8MiB") ByteSize connectionWindow,
            @DefaultValue("200") int resets) {

        private static final long SMALLEST_WINDOW = 65_535;

        public Http2 {
            requireRange("http2.streams", streams, 1, 10_000);
            requireRange("http2.stream-window", streamWindow.bytes(), SMALLEST_WINDOW, 1 << 30);
            requireRange(
                    "http2.connection-window",
                    connectionWindow.bytes(),
                    streamWindow.bytes(),
                    1 << 30);
            requireRange("http2.resets", resets, 1, 1_000_000);
        }
    }

    /**
     * TLS of the API's port.
     *
     * @param bundle whose certificate and key are used, below {@code spring.ssl.bundle}; null for
     *     clear text
     */
    public record Tls(@Nullable String bundle) {}

    /**
     * Which pages of other origins may use the API from a browser.
     *
     * @param allowedOrigins each {@code scheme://host} or {@code scheme://host:port}, or {@code *}
     *     alone for all
     */
    public record Cors(@DefaultValue List<String> allowedOrigins) {
        private static final Pattern ORIGIN =
                Pattern.compile("[a-z][a-z0-9+.-]*://[a-z0-9.\\-\\[\\]:]+");

        public Cors {
            allowedOrigins = List.copyOf(allowedOrigins);
            for (String origin : allowedOrigins) {
                Assert.isTrue(
                        origin.equals("*") || ORIGIN.matcher(origin).matches(),
                        () ->
                                "sluice.edge.cors.allowed-origins has '%s': give https://host[:port] in lower case without a path, or *"
                                        .formatted(origin));
            }
        }

        /** Whether pages of every origin may. */
        boolean allowsAll() {
            return allowedOrigins.contains("*");
        }
    }
}
