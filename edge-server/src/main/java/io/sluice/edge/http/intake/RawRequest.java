package io.sluice.edge.http.intake;

import io.sluice.edge.http.header.ExpectedDigests;
import org.jspecify.annotations.Nullable;

/**
 * What a request's header says of a body that is one file.
 *
 * @param filename cleaned
 * @param declaredType its Content-Type
 */
public record RawRequest(
        ExpectedDigests digests, @Nullable String filename, @Nullable String declaredType) {}
