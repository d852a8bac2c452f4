@NullMarked
package io.sluice.processor.scan;

import org.jspecify.annotations.NullMarked;
