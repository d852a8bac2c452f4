/** Takes from this process whatever decoding a picture doesn't need, and proves that it is gone. */
@NullMarked
package io.sluice.worker.sandbox;

import org.jspecify.annotations.NullMarked;
