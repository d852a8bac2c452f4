/** The way of a request's bytes from the event loop into the spool, in large writes. */
@NullMarked
package io.sluice.edge.http.intake;

import org.jspecify.annotations.NullMarked;
