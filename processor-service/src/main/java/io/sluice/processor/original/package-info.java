/** Opens originals of the store safely, for as long as the processor owns their job. */
@NullMarked
package io.sluice.processor.original;

import org.jspecify.annotations.NullMarked;
