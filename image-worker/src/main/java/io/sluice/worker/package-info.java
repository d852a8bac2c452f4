/** Decodes and renders one image at a time in a process of its own. */
@NullMarked
package io.sluice.worker;

import org.jspecify.annotations.NullMarked;
