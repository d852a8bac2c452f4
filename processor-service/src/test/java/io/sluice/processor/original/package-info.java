@NullMarked
package io.sluice.processor.original;

import org.jspecify.annotations.NullMarked;
