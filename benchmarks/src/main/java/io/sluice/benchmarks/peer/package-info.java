/** The servers under measurement, started and stopped on loopback. */
@NullMarked
package io.sluice.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
