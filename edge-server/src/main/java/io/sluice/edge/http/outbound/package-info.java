/** The edge as a client: connections to addresses that were judged, and to no others. */
@NullMarked
package io.sluice.edge.http.outbound;

import org.jspecify.annotations.NullMarked;
