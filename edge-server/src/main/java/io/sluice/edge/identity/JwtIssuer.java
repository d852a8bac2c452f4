package io.sluice.edge.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Believes the JSON Web Tokens of one issuer. */
final class JwtIssuer {
    private static final Logger log = LoggerFactory.getLogger(JwtIssuer.class);
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final JwtProperties settings;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    JwtIssuer(JwtProperties settings, InstantSource clock) throws IOException {
        this.settings = settings;
        processor.setJWSKeySelector(JwtKeys.of(settings));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(verifier(settings, clock));
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> verifier(
            JwtProperties settings, InstantSource clock) {
        var verifier =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        settings.audience(),
                        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                        Set.of("exp", "sub", settings.tenantClaim())) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew((int) settings.clockSkew().toSeconds());
        return verifier;
    }

    /** Checks the token. May wait for the network. */
    Authentication authenticate(String token) {
        try {
            return identity(processor.process(token, null));
        } catch (KeySourceException e) {
            log.warn("the keys of {} can't be had: {}", settings.issuer(), e.getMessage());
            return new Authentication.Unavailable("the issuer's keys can't be had now");
        } catch (BadJOSEException | JOSEException | ParseException e) {
            log.debug("refused a token of {}: {}", settings.issuer(), e.getMessage());
            return new Authentication.Refused("the token is invalid or expired");
        }
    }

    private Authentication identity(JWTClaimsSet claims) {
        String tenant = claims.getClaim(settings.tenantClaim()) instanceof String name ? name : "";
        String subject = Objects.requireNonNullElse(claims.getSubject(), "");
        if (!TenantName.isValid(tenant) || !NAME.matcher(subject).matches()) {
            return new Authentication.Refused("the token's tenant or subject is no usable name");
        }
        return new Authentication.Known(
                new Identity(
                        tenant,
                        "jwt " + subject,
                        scopes(claims.getClaim(settings.scopeClaim())),
                        "jwt:" + subject,
                        null,
                        null));
    }

    /** Words that are no scopes of ours are meant for others. */
    private static Set<Scope> scopes(@Nullable Object claim) {
        Collection<?> words =
                switch (claim) {
                    case String text -> Arrays.asList(text.split(" "));
                    case Collection<?> list -> list;
                    case null, default -> List.of();
                };
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Scope scope : EnumSet.of(Scope.UPLOAD, Scope.READ, Scope.ADMIN)) {
            if (words.contains(scope.word())) {
                scopes.add(scope);
            }
        }
        return scopes;
    }
}
