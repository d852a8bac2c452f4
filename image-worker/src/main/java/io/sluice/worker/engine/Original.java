package io.sluice.worker.engine;

import java.nio.file.Path;

/**
 * The file to decode; it is only read.
 *
 * @param type the media type found in its bytes, which alone selects the decoder
 */
public record Original(Path file, String type) {}
