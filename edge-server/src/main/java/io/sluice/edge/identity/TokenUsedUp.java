package io.sluice.edge.identity;

/** The token has made as many uploads as it may. */
public final class TokenUsedUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TokenUsedUp(Grant grant) {
        super("the token was good for %d uploads".formatted(grant.uses()), null, false, false);
    }
}
