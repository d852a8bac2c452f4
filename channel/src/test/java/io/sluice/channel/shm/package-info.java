/** The shared-memory transport, by the contract and beyond. */
@NullMarked
package io.sluice.channel.shm;

import org.jspecify.annotations.NullMarked;
