/** The channel between two processes, beside what else could carry its messages. */
@NullMarked
package io.sluice.benchmarks.channel;

import org.jspecify.annotations.NullMarked;
