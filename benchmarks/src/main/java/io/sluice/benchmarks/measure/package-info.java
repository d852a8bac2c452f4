/** What processes and the machine cost and are, read from /proc, and the middle of several runs. */
@NullMarked
package io.sluice.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
