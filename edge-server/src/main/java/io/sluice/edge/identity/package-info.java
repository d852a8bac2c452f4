/** Who asks, and what they may. */
@NullMarked
package io.sluice.edge.identity;

import org.jspecify.annotations.NullMarked;
