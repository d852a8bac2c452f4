/** Specifications of the protocol. */
@NullMarked
package io.sluice.channel.frame;

import org.jspecify.annotations.NullMarked;
