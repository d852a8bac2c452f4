/** Bytes on their way to the store, and the store. */
@NullMarked
package io.sluice.edge.spool;

import org.jspecify.annotations.NullMarked;
