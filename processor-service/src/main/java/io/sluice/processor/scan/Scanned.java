package io.sluice.processor.scan;

import io.sluice.model.ScanReport;
import io.sluice.processor.check.Checked;
import org.jspecify.annotations.Nullable;

/**
 * An original that is clean.
 *
 * @param report null for a render job, which was clean before
 */
public record Scanned(Checked checked, @Nullable ScanReport report) {}
