/** What the shared words promise. */
@NullMarked
package io.sluice.model;

import org.jspecify.annotations.NullMarked;
