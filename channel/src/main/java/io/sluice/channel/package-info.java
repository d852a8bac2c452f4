/** The two ends of the edge-processor link. */
@NullMarked
package io.sluice.channel;

import org.jspecify.annotations.NullMarked;
