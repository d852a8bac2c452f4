package io.sluice.channel.tcp;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names that a peer may have: of its certificate's subject alternative names, one must be among
 * them. The subject itself is not looked at (RFC 9525, 2).
 */
record AllowedNames(Set<String> names) {
    /** The kinds of names of RFC 5280, 4.2.1.6. */
    private static final int DNS = 2;

    private static final int URI = 6;

    AllowedNames(Collection<String> configured) {
        this(configured.stream().map(AllowedNames::normal).collect(Collectors.toSet()));
    }

    AllowedNames {
        names = Set.copyOf(names);
    }

    /** DNS names know no case; of URIs only the scheme and host don't. */
    private static String normal(String name) {
        return name.contains("://") ? name : name.toLowerCase(Locale.ROOT);
    }

    /** Whether a certificate has one of these names. */
    boolean admits(X509Certificate certificate) throws CertificateParsingException {
        return of(certificate).stream().map(AllowedNames::normal).anyMatch(names::contains);
    }

    /** The DNS names and URIs of a certificate, as they stand there. */
    static List<String> of(X509Certificate certificate) throws CertificateParsingException {
        List<String> found = new ArrayList<>();
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        if (all != null) {
            for (List<?> name : all) {
                if (name.get(0) instanceof Integer kind
                        && (kind == DNS || kind == URI)
                        && name.get(1) instanceof String text) {
                    found.add(text);
                }
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
