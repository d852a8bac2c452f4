/** The on-disk cache format and its shared-memory zone. */
@NullMarked
package io.sluice.cache;

import org.jspecify.annotations.NullMarked;
