/**
 * Uploads that come in several requests: the core under every protocol that can resume.
 *
 * <p>A border asks {@link io.sluice.edge.upload.transfer.Transfers} for a {@link
 * io.sluice.edge.upload.transfer.Turn}, takes it, and learns the true offset; to write it begins an
 * {@link io.sluice.edge.upload.transfer.Append} and ends it, however its request ends.
 */
@NullMarked
package io.sluice.edge.upload.transfer;

import org.jspecify.annotations.NullMarked;
