/** Originals and renditions on their way out. */
@NullMarked
package io.sluice.edge.content;

import org.jspecify.annotations.NullMarked;
