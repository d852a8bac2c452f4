/** The edge's HTTP border: translates requests into plain calls and their results into answers. */
@NullMarked
package io.sluice.edge.http;

import org.jspecify.annotations.NullMarked;
