/** The processor service: takes jobs from the channel, checks, scans and renders originals. */
@NullMarked
package io.sluice.processor;

import org.jspecify.annotations.NullMarked;
