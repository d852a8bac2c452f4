/** Uploads from the first byte to their end state. */
@NullMarked
package io.sluice.edge.upload;

import org.jspecify.annotations.NullMarked;
