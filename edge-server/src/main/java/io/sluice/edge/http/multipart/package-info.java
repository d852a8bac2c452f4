/** A streaming parser of multipart bodies: no part is ever collected. */
@NullMarked
package io.sluice.edge.http.multipart;

import org.jspecify.annotations.NullMarked;
