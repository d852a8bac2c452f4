/** Structured field values (RFC 9651), parsed exactly as its section 4.2 says, and without I/O. */
@NullMarked
package io.sluice.edge.http.structured;

import org.jspecify.annotations.NullMarked;
