package io.sluice.edge.http.multipart;

/**
 * What the parser takes.
 *
 * @param parts of one body
 * @param partHeader bytes of one part's header
 */
public record MultipartLimits(int parts, int partHeader) {}
