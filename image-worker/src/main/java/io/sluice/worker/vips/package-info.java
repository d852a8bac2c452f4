/** Renders with libvips, called directly through java.lang.foreign. */
@NullMarked
package io.sluice.worker.vips;

import org.jspecify.annotations.NullMarked;
