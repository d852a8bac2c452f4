/** Looks for malware in originals: a list of hashes that is always there, and clamd. */
@NullMarked
package io.sluice.processor.scan;

import org.jspecify.annotations.NullMarked;
