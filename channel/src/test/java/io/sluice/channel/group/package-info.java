/** How several groups of processors are one end of the channel. */
@NullMarked
package io.sluice.channel.group;

import org.jspecify.annotations.NullMarked;
