/** The pipe transport, by the contract and beyond. */
@NullMarked
package io.sluice.channel.pipe;

import org.jspecify.annotations.NullMarked;
