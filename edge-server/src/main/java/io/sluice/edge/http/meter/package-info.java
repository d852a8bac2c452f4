/** What the HTTP border counts. */
@NullMarked
package io.sluice.edge.http.meter;

import org.jspecify.annotations.NullMarked;
