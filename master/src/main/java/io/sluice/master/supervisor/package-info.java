/** Keeps the children alive, answers commands about them, and ends them in order. */
@NullMarked
package io.sluice.master.supervisor;

import org.jspecify.annotations.NullMarked;
