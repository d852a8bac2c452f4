/** The way of a job through the processor, from the channel to its one outcome. */
@NullMarked
package io.sluice.processor.job;

import org.jspecify.annotations.NullMarked;
