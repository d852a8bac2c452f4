/** Measures Sluice, beside its peers where there are any: one class a benchmark. */
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
