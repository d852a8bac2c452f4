package io.sluice.edge.upload;

import io.sluice.edge.spool.SpoolFile;

/** A file that came whole, and what its client says of it. */
public record Arrival(NewUpload request, SpoolFile bytes) {}
