/** The edge: receives uploads and serves them, on a few event loops that never block. */
@NullMarked
package io.sluice.edge;

import org.jspecify.annotations.NullMarked;
