/**
 * Two rings in memory that an edge and a processor share, and a futex on which each of them sleeps.
 */
@NullMarked
package io.sluice.channel.shm;

import org.jspecify.annotations.NullMarked;
