package io.sluice.processor.check;

import io.sluice.model.Job;
import io.sluice.processor.original.Original;
import org.jspecify.annotations.Nullable;

/**
 * An original that the policy lets through.
 *
 * @param original open; its bytes are the stored ones
 * @param contentType by content
 * @param image null when it is no picture whose header can be read
 */
public record Checked(
        Job job, Original original, String contentType, @Nullable ImageHeader image) {}
