package io.sluice.edge.identity;

/**
 * A token that was just issued.
 *
 * @param text what its holder sends
 */
public record IssuedToken(Grant grant, String text) {}
