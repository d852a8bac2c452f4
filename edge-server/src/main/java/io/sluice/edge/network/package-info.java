/** Which addresses the edge may connect to on somebody else's behalf. */
@NullMarked
package io.sluice.edge.network;

import org.jspecify.annotations.NullMarked;
