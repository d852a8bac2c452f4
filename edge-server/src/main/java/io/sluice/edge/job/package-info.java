/** The job table, its dispatch, retries and dead letters. */
@NullMarked
package io.sluice.edge.job;

import org.jspecify.annotations.NullMarked;
