package io.sluice.channel.tcp;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Why a peer was sent away before its first frame. */
enum Refusal {
    PLAIN_TEXT("it speaks no TLS; sluice.channel.tcp.bundle must be set at both ends"),
    SILENT("it didn't finish the TLS handshake within sluice.channel.ping.timeout"),
    EXPIRED("its certificate has expired or is not valid yet; renew it"),
    UNTRUSTED("its certificate is signed by no authority that sluice.channel.tcp.bundle trusts"),
    NO_CERTIFICATE(
            "it showed no certificate of an authority that sluice.channel.tcp.bundle trusts"),
    ALERT("it refused this end's certificate; look into its log"),
    PROTOCOL("it didn't ask for " + TlsContext.PROTOCOL + " (ALPN): it is no end of this channel"),
    NAME("its certificate has no name of sluice.channel.tcp.allowed-names"),
    HANDSHAKE("the TLS handshake failed");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    /** As it is spelled in metrics and logs: {@code no-certificate}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What to do about it. */
    String sentence() {
        return sentence;
    }

    /** What a failed handshake means. */
    static Refusal of(Throwable failure) {
        List<Throwable> causes =
                Stream.iterate(failure, t -> t != null, Throwable::getCause).limit(16).toList();
        return Stream.of(
                        when(causes, NotSslRecordException.class, PLAIN_TEXT),
                        when(causes, SslHandshakeTimeoutException.class, SILENT),
                        when(causes, CertificateExpiredException.class, EXPIRED),
                        when(causes, CertificateNotYetValidException.class, EXPIRED),
                        when(causes, CertificateException.class, UNTRUSTED),
                        when(causes, CertPathValidatorException.class, UNTRUSTED))
                .flatMap(List::stream)
                .findFirst()
                .orElseGet(() -> byMessage(causes));
    }

    private static List<Refusal> when(
            List<Throwable> causes, Class<? extends Throwable> type, Refusal refusal) {
        return causes.stream().anyMatch(type::isInstance) ? List.of(refusal) : List.of();
    }

    /** For what has no type of its own, in the JDK's words and in OpenSSL's. */
    private static Refusal byMessage(List<Throwable> causes) {
        String messages = causes.toString().toUpperCase(Locale.ROOT);
        if (messages.contains("EMPTY CLIENT CERTIFICATE")
                || messages.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")) {
            return NO_CERTIFICATE;
        }
        return messages.contains("ALERT") ? ALERT : HANDSHAKE;
    }
}
