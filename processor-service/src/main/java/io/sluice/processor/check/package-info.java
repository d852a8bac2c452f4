/** Holds an original against its profile's policy: its type by content, its size in pixels. */
@NullMarked
package io.sluice.processor.check;

import org.jspecify.annotations.NullMarked;
