package io.sluice.edge.upload.transfer;

/** What the bytes of one request must have, in lower-case hex. */
public record Checksum(ChecksumAlgorithm algorithm, String hex) {}
