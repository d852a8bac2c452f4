/** Makes the ends of the channel that the settings ask for. */
@NullMarked
package io.sluice.channel.group;

import org.jspecify.annotations.NullMarked;
