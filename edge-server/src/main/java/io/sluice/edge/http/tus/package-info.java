/** The header fields of tus 1.0.0, read strictly and without I/O. */
@NullMarked
package io.sluice.edge.http.tus;

import org.jspecify.annotations.NullMarked;
