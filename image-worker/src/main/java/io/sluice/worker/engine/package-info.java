/** What every image engine does, whichever library decodes the pixels. */
@NullMarked
package io.sluice.worker.engine;

import org.jspecify.annotations.NullMarked;
