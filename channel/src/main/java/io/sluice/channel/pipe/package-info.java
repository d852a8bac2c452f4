/**
 * Pipes: FIFOs between an edge and its processors, or the standard streams of the edge's children.
 */
@NullMarked
package io.sluice.channel.pipe;

import org.jspecify.annotations.NullMarked;
