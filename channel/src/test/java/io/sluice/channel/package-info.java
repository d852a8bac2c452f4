/** How the two ends of the link behave, whatever carries the frames. */
@NullMarked
package io.sluice.channel;

import org.jspecify.annotations.NullMarked;
