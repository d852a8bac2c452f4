/** Renders with ImageIO and TwelveMonkeys alone: slower, but needs no library of the system. */
@NullMarked
package io.sluice.worker.java2d;

import org.jspecify.annotations.NullMarked;
