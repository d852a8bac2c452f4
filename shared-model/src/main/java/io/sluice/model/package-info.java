/** The words that every Sluice process shares: ids, states, jobs and outcomes. */
@NullMarked
package io.sluice.model;

import org.jspecify.annotations.NullMarked;
