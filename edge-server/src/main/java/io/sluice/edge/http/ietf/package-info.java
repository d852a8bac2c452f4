/**
 * Resumable uploads as the IETF drafts them (draft-ietf-httpbis-resumable-upload), by the interop
 * version that a client speaks: what its requests say, and what belongs to the answers.
 */
@NullMarked
package io.sluice.edge.http.ietf;

import org.jspecify.annotations.NullMarked;
