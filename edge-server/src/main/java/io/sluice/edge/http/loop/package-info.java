/** The event loops, and the way off them for what may wait. */
@NullMarked
package io.sluice.edge.http.loop;

import org.jspecify.annotations.NullMarked;
