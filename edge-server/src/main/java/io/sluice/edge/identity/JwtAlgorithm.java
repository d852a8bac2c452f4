package io.sluice.edge.identity;

import com.nimbusds.jose.JWSAlgorithm;

/** Signatures that can be checked by a public key (RFC 7518): with none of them can we sign. */
public enum JwtAlgorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512;

    JWSAlgorithm jose() {
        return JWSAlgorithm.parse(name());
    }
}
