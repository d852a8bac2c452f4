/** The client: it makes requests as cheaply as the JDK can, from a process of its own. */
@NullMarked
package io.sluice.benchmarks.load;

import org.jspecify.annotations.NullMarked;
