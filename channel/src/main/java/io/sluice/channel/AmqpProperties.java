package io.sluice.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the {@code amqp} transport.
 *
 * @param uri of the broker, {@code amqp://host:port/virtual-host} or {@code amqps://} for TLS; it
 *     may name the user and the password
 * @param username instead of the URI's
 * @param password instead of the URI's
 * @param passwordFile whose first line is the password
 * @param ca PEM file with who may sign the broker's certificate; the JDK's trust store without it
 * @param certificate PEM file with this end's own certificate, for brokers that want one
 * @param privateKey PEM file with its key
 * @param queuePrefix with which the names of all queues and exchanges begin: edges and processors
 *     with the same one work together
 * @param deliveryLimit how often the broker gives a job to another processor after a lost one
 * @param maxLength messages in each queue; the broker refuses more
 */
public record AmqpProperties(
        @DefaultValue("amqp://localhost:5672") String uri,
        @Nullable String username,
        @Nullable String password,
        @Nullable Path passwordFile,
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @DefaultValue("sluice") String queuePrefix,
        @DefaultValue("5") int deliveryLimit,
        @DefaultValue("10000") int maxLength) {
    private static final Pattern PREFIX = Pattern.compile("[\\w.-]{1,64}");

    public AmqpProperties {
        check(
                uri.startsWith("amqp://") || uri.startsWith("amqps://"),
                "uri must begin with amqp:// or amqps://");
        check(
                password == null || passwordFile == null,
                "password and password-file are both set: use one");
        check(
                (certificate == null) == (privateKey == null),
                "certificate and private-key need each other");
        check(
                PREFIX.matcher(queuePrefix).matches(),
                "queue-prefix must be 1 to 64 letters, digits or one of . _ -");
        check(deliveryLimit >= 1, "delivery-limit must be at least 1");
        check(maxLength >= 1, "max-length must be at least 1");
    }

    /** The message never has a value: the URI may have a password. */
    private static void check(boolean isValid, String message) {
        if (!isValid) {
            throw new IllegalArgumentException("sluice.channel.amqp." + message);
        }
    }

    /** Whether the connection is encrypted. */
    public boolean isEncrypted() {
        return uri.startsWith("amqps:");
    }

    /**
     * The password that is set, from wherever; null for the URI's.
     *
     * @throws UncheckedIOException when its file can't be read
     */
    public @Nullable String secret() {
        if (passwordFile == null) {
            return password;
        }
        try (var lines = Files.lines(passwordFile)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "sluice.channel.amqp.password-file = %s: can't be read".formatted(passwordFile),
                    e);
        }
    }

    /** Where the broker is, fit for a log. */
    public String address() {
        URI parsed = URI.create(uri);
        return "%s://%s:%d%s"
                .formatted(
                        parsed.getScheme(), parsed.getHost(), parsed.getPort(), parsed.getPath());
    }

    /** Without anything secret. */
    @Override
    public String toString() {
        return "AmqpProperties[%s, queuePrefix=%s]".formatted(address(), queuePrefix);
    }
}
