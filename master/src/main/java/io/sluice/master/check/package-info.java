/** Validates a whole configuration without starting anything. */
@NullMarked
package io.sluice.master.check;

import org.jspecify.annotations.NullMarked;
