/** The Unix transport, by the contract and beyond. */
@NullMarked
package io.sluice.channel.unix;

import org.jspecify.annotations.NullMarked;
