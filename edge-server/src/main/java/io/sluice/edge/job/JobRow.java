package io.sluice.edge.job;

import io.sluice.model.Job;
import io.sluice.model.JobId;
import io.sluice.model.TraceParent;
import io.sluice.model.UploadId;
import org.jspecify.annotations.Nullable;

/**
 * A job as the table knows it.
 *
 * @param rendition the one to make, for a {@link Job.Kind#RENDER} job
 * @param attempt the fencing token of the attempt that is under way
 * @param tries attempts that count against the limit, this one included
 * @param trace of the request that caused it
 */
public record JobRow(
        JobId id,
        UploadId upload,
        Job.Kind kind,
        @Nullable String rendition,
        int attempt,
        int tries,
        TraceParent trace) {}
